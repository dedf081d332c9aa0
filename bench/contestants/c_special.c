/* The worked example and nothing else: every number in a variable of its own. */
#include <math.h>

static inline double sigmoid(double net) { return 1.0 / (1.0 + exp(-net)); }

/* theta: w1..w8, then the biases b1, b1, b2, b2, which stay. */
void run(double *theta, const double *inputs, const double *targets, double rate, long steps) {
    double w1 = theta[0], w2 = theta[1], w3 = theta[2], w4 = theta[3];
    double w5 = theta[4], w6 = theta[5], w7 = theta[6], w8 = theta[7];
    const double b1 = theta[8], b2 = theta[10], i1 = inputs[0], i2 = inputs[1];
    const double t1 = targets[0], t2 = targets[1];
    for (long s = 0; s < steps; s++) {
        const double h1 = sigmoid(w1 * i1 + w2 * i2 + b1), h2 = sigmoid(w3 * i1 + w4 * i2 + b1);
        const double o1 = sigmoid(w5 * h1 + w6 * h2 + b2), o2 = sigmoid(w7 * h1 + w8 * h2 + b2);
        const double d1 = (o1 - t1) * (o1 * (1.0 - o1)), d2 = (o2 - t2) * (o2 * (1.0 - o2));
        const double e1 = (d1 * w5 + d2 * w7) * (h1 * (1.0 - h1));
        const double e2 = (d1 * w6 + d2 * w8) * (h2 * (1.0 - h2));
        w5 -= rate * d1 * h1, w6 -= rate * d1 * h2, w7 -= rate * d2 * h1, w8 -= rate * d2 * h2;
        w1 -= rate * e1 * i1, w2 -= rate * e1 * i2, w3 -= rate * e2 * i1, w4 -= rate * e2 * i2;
    }
    theta[0] = w1, theta[1] = w2, theta[2] = w3, theta[3] = w4;
    theta[4] = w5, theta[5] = w6, theta[6] = w7, theta[7] = w8;
}
