/* A tanh network with the examples of its batch side by side in vector lanes. Up to 16 examples;
   lanes without one are masked. tanh comes from an exp of its own, without a branch. */
#include <string.h>

enum { WIDTH = 8, VECTORS = 2 };

typedef double Lanes __attribute__((vector_size(WIDTH * sizeof(double))));
typedef long long Bits __attribute__((vector_size(WIDTH * sizeof(double))));

/* e^x for |x| < 700: x = k ln 2 + r, Taylor's series for e^r, 2^k through the exponent's bits. */
static inline Lanes exponential(Lanes x) {
    const double shift = 0x1.8p52;
    const Lanes rounded = x * 0x1.71547652b82fep0 + shift;
    const Lanes k = rounded - shift;
    const Lanes r = (x - k * 0x1.62e42fefa0000p-1) - k * 0x1.cf79abc9e3b3ap-40;
    static const double factor[] = {
        1.0 / 6227020800.0, 1.0 / 479001600.0, 1.0 / 39916800.0, 1.0 / 3628800.0, 1.0 / 362880.0,
        1.0 / 40320.0, 1.0 / 5040.0, 1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0};
    Lanes sum = factor[0] - (Lanes){0};
    for (int i = 1; i < 13; i++) sum = sum * r + factor[i];
    sum = sum * r + 1.0;
    return (Lanes)((Bits)sum + ((Bits)rounded << 52));
}

static inline Lanes tanh_of(Lanes x) { return 1.0 - 2.0 / (exponential(2.0 * x) + 1.0); }

static inline double added(Lanes x) {
    double sum = 0.0;
    for (int i = 0; i < WIDTH; i++) sum += x[i];
    return sum;
}

enum { MOST = 64 };

/* One layer up: out = tanh(W below + b). */
static inline void forward(const double *w, const double *b, Lanes below[][VECTORS],
                           Lanes out[][VECTORS], int m, int n) {
    for (int j = 0; j < n; j++)
        for (int v = 0; v < VECTORS; v++) {
            Lanes net = b[j] - (Lanes){0};
            for (int i = 0; i < m; i++) net += w[j * m + i] * below[i][v];
            out[j][v] = tanh_of(net);
        }
}

/* One layer down: delta, the gap of the layer below with the old weights, then the update. */
static inline void backward(double *w, double *b, Lanes below[][VECTORS], Lanes out[][VECTORS],
                            Lanes gap[][VECTORS], Lanes gap_below[][VECTORS], int m, int n,
                            double rate) {
    Lanes delta[MOST][VECTORS];
    for (int j = 0; j < n; j++)
        for (int v = 0; v < VECTORS; v++)
            delta[j][v] = gap[j][v] * (1.0 - out[j][v] * out[j][v]);
    if (gap_below)
        for (int i = 0; i < m; i++)
            for (int v = 0; v < VECTORS; v++) {
                Lanes sum = {0};
                for (int j = 0; j < n; j++) sum += w[j * m + i] * delta[j][v];
                gap_below[i][v] = sum;
            }
    for (int j = 0; j < n; j++) {
        Lanes sum = {0};
        for (int v = 0; v < VECTORS; v++) sum += delta[j][v];
        b[j] -= rate * added(sum);
        for (int i = 0; i < m; i++) {
            Lanes product = {0};
            for (int v = 0; v < VECTORS; v++) product += delta[j][v] * below[i][v];
            w[j * m + i] -= rate * added(product);
        }
    }
}

/* inputs and targets: one row of 16 lanes per neuron; lanes: 1 where there is an example. */
void run(int depth, const int *sizes, double *theta, const double *inputs, const double *targets,
         const double *lanes, double rate, long steps) {
    Lanes out[MOST][VECTORS], gap[MOST][VECTORS], wanted[MOST][VECTORS], mask[VECTORS];
    double *w[MOST], *b[MOST];
    int at[MOST], place = 0;
    double *next = theta;
    for (int l = 0; l <= depth; l++) at[l] = place, place += sizes[l];
    for (int l = 0; l < depth; l++) w[l] = next, next += sizes[l] * sizes[l + 1];
    for (int l = 0; l < depth; l++) b[l] = next, next += sizes[l + 1];
    memcpy(out, inputs, sizes[0] * sizeof out[0]);
    memcpy(wanted, targets, sizes[depth] * sizeof wanted[0]);
    memcpy(mask, lanes, sizeof mask);
    for (long s = 0; s < steps; s++) {
        for (int l = 0; l < depth; l++)
            forward(w[l], b[l], out + at[l], out + at[l + 1], sizes[l], sizes[l + 1]);
        for (int o = 0; o < sizes[depth]; o++)
            for (int v = 0; v < VECTORS; v++)
                gap[at[depth] + o][v] = (out[at[depth] + o][v] - wanted[o][v]) * mask[v];
        for (int l = depth - 1; l >= 0; l--)
            backward(w[l], b[l], out + at[l], out + at[l + 1], gap + at[l + 1],
                     l ? gap + at[l] : 0, sizes[l], sizes[l + 1], rate);
    }
}
