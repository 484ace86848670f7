#include "tiny_native.h"

int32_t tiny_sparse_f32(const float *x, float *z, const float *biases, const float *weights, const uint16_t *inputs, const uint16_t *counts, int32_t rows, float floor)
{
    int32_t ordinary = 1;
    for (int32_t row = 0; row < rows; row++) {
        float sum = biases[row];
        for (int32_t left = counts[row]; left > 0; left--) {
            sum = sum + *weights++ * x[*inputs++];
        }

        if (!(sum * sum < 1e24f)) {
            ordinary = 0;
        }

        z[row] = sum < floor ? floor : sum;
    }

    return ordinary;
}

void tiny_sparse_s8(const uint8_t *x, const int8_t *weights, const uint16_t *inputs, const uint16_t *counts, const int32_t *starts, int32_t *sums, int32_t groups)
{
    for (int32_t group = 0; group < groups; group++) {
        int32_t a = starts[0];
        int32_t b = starts[1];
        int32_t c = starts[2];
        starts += 3;
        for (int32_t left = counts[group]; left > 0; left--) {
            int32_t value = x[*inputs++];
            a += weights[0] * value;
            b += weights[1] * value;
            c += weights[2] * value;
            weights += 3;
        }

        sums[0] = a;
        sums[1] = b;
        sums[2] = c;
        sums += 3;
    }
}
