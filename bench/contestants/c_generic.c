/* Gradient descent on a fully connected network of any shape: one routine, one flat parameter
   vector, one example after the other. What a C programmer would write, and nothing cleverer. */
#include <math.h>
#include <string.h>

enum { SIGMOID, TANH, RELU };

typedef struct {
    int depth;              /* layers that compute */
    const int *sizes;       /* depth + 1 */
    const int *kinds;       /* depth */
    int rows;
    int train_biases;
    double rate;
    const double *inputs;   /* rows x sizes[0] */
    const double *targets;  /* rows x sizes[depth] */
} Network;

static inline double activate(int kind, double net) {
    if (kind == SIGMOID) return 1.0 / (1.0 + exp(-net));
    if (kind == TANH) return tanh(net);
    return net > 0.0 ? net : 0.0;
}

static inline double slope_of(int kind, double out) {
    if (kind == SIGMOID) return out * (1.0 - out);
    if (kind == TANH) return 1.0 - out * out;
    return out > 0.0 ? 1.0 : 0.0;
}

static inline void forward(const Network *net, const double *weights, const double *biases,
                           const double *input, double *out, double *record) {
    const double *below = input;
    for (int l = 0; l < net->depth; l++) {
        const int m = net->sizes[l], n = net->sizes[l + 1];
        for (int j = 0; j < n; j++) {
            double sum = biases[j];
            for (int i = 0; i < m; i++) sum += weights[j * m + i] * below[i];
            if (record) *record++ = sum;
            out[j] = activate(net->kinds[l], sum);
        }
        below = out, out += n, weights += m * n, biases += n;
    }
}

/* With `record` (one example only): net, out, dE/dout, slope, delta, errors, their sum. */
static inline void backward(const Network *net, const double *weights, const double *input,
                            const double *target, const double *out, double *delta, double *gap,
                            double *gradient, double *bias_gradient, int neurons, double *record) {
    int end = neurons, k = net->sizes[net->depth];
    for (int o = 0; o < k; o++) gap[end - k + o] = out[end - k + o] - target[o];
    int weight = 0;
    for (int l = 0; l < net->depth; l++) weight += net->sizes[l] * net->sizes[l + 1];
    for (int l = net->depth - 1; l >= 0; l--) {
        const int m = net->sizes[l], n = net->sizes[l + 1], at = end - n, under = at - m;
        const double *below = l ? out + under : input;
        weight -= m * n;
        if (l)
            for (int i = 0; i < m; i++) gap[under + i] = 0.0;
        for (int j = 0; j < n; j++) {
            const double slope = slope_of(net->kinds[l], out[at + j]);
            const double d = gap[at + j] * slope;
            if (record) record[3 * neurons + at + j] = slope;
            delta[at + j] = d;
            for (int i = 0; i < m; i++) gradient[weight + j * m + i] += d * below[i];
            if (l)
                for (int i = 0; i < m; i++) gap[under + i] += d * weights[weight + j * m + i];
            bias_gradient[at + j] += d;
        }
        end = at;
    }
    if (record) {
        double total = 0.0;
        memcpy(record + neurons, out, neurons * sizeof(double));
        memcpy(record + 2 * neurons, gap, neurons * sizeof(double));
        memcpy(record + 4 * neurons, delta, neurons * sizeof(double));
        for (int o = 0; o < k; o++) {
            const double e = gap[neurons - k + o];
            total += record[5 * neurons + o] = 0.5 * e * e;
        }
        record[5 * neurons + k] = total;
    }
}

static inline void descend(const Network *net, double *theta, long steps, double *work,
                           double *record, const int recording) {
    int weights = 0, neurons = 0;
    for (int l = 0; l < net->depth; l++) {
        weights += net->sizes[l] * net->sizes[l + 1];
        neurons += net->sizes[l + 1];
    }
    const int parameters = weights + neurons, n0 = net->sizes[0], k = net->sizes[net->depth];
    double *out = work, *delta = out + neurons, *gap = delta + neurons, *gradient = gap + neurons;
    const double factor = 1.0 / net->rows;
    const int moved = net->train_biases ? parameters : weights;
    for (long s = 0; s < steps; s++) {
        for (int p = 0; p < parameters; p++) gradient[p] = 0.0;
        for (int r = 0; r < net->rows; r++) {
            const double *input = net->inputs + r * n0;
            double *row = recording ? record : 0;
            forward(net, theta, theta + weights, input, out, row);
            backward(net, theta, input, net->targets + r * k, out, delta, gap, gradient,
                     gradient + weights, neurons, row);
        }
        for (int p = 0; p < moved; p++) {
            gradient[p] *= factor;
            theta[p] -= net->rate * gradient[p];
        }
        if (recording) {
            record += 5 * neurons + k + 1;
            memcpy(record, gradient, weights * sizeof(double));
            memcpy(record + weights, theta, weights * sizeof(double));
            record += 2 * weights;
        }
    }
}

void run(const Network *net, double *theta, long steps, double *work, double *record) {
    if (record)
        descend(net, theta, steps, work, record, 1);
    else
        descend(net, theta, steps, work, 0, 0);
}
