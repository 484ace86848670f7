#include "tiny_native.h"

/* Two rows share the loads of the inputs; each has its one accumulator. */
static void two_rows(const float *x, const float *first, const float *second, float *z, const float *starts, int32_t inputs, float floor)
{
    float a = starts[0];
    float b = starts[1];
    int32_t i = 0;
    for (; i + 4 <= inputs; i += 4) {
        float x0 = x[i];
        float x1 = x[i + 1];
        float x2 = x[i + 2];
        float x3 = x[i + 3];
        a = a + first[i] * x0;
        b = b + second[i] * x0;
        a = a + first[i + 1] * x1;
        b = b + second[i + 1] * x1;
        a = a + first[i + 2] * x2;
        b = b + second[i + 2] * x2;
        a = a + first[i + 3] * x3;
        b = b + second[i + 3] * x3;
    }

    for (; i < inputs; i++) {
        a = a + first[i] * x[i];
        b = b + second[i] * x[i];
    }

    z[0] = a < floor ? floor : a;
    z[1] = b < floor ? floor : b;
}

void tiny_dense_f32(const float *x, const float *weights, const float *biases, float *z, int32_t inputs, int32_t rows, float floor)
{
    int32_t row = 0;
    for (; row + 2 <= rows; row += 2) {
        two_rows(x, weights, weights + inputs, z + row, biases + row, inputs, floor);
        weights += 2 * inputs;
    }

    if (row < rows) {
        float sum = biases[row];
        for (int32_t i = 0; i < inputs; i++) {
            sum = sum + weights[i] * x[i];
        }

        z[row] = sum < floor ? floor : sum;
    }
}

void tiny_dense_update_f32(const float *x, const float *dz, float *weights, float *biases, int32_t inputs, int32_t rows, float rate)
{
    for (int32_t row = 0; row < rows; row += 2) {
        int32_t end = row + 1 < rows ? row + 2 : row + 1;
        if (rate * dz[row] == 0.0f && rate * dz[end - 1] == 0.0f) {
            continue;
        }

        for (int32_t k = row; k < end; k++) {
            float *w = weights + k * inputs;
            float g = dz[k] * rate;
            biases[k] = biases[k] - g;
            for (int32_t i = 0; i < inputs; i++) {
                w[i] = w[i] - g * x[i];
            }
        }
    }
}

/* The inputs of the next block of the managed layer, where so many are left: its squares are summed block by block. */
static int32_t block_of(int32_t left)
{
    return left > 20 ? 16 : left > 11 && left < 16 ? 8 : left;
}

float tiny_dense_input_gradient_f32(float *dx, const float *dz, const float *outputs, const float *weights, int32_t inputs, int32_t rows,
    float floor)
{
    float squares = 0.0f;
    float block = 0.0f;
    int32_t end = block_of(inputs);
    for (int32_t i = 0; i < inputs; i++) {
        const float *w = weights + i;
        float sum = 0.0f;
        int32_t row = 0;
        for (; row + 2 <= rows; row += 2) {
            float a = dz[row];
            float b = dz[row + 1];
            if (a != 0.0f || b != 0.0f) {
                sum = sum + w[0] * a;
                sum = sum + w[inputs] * b;
            }

            w += 2 * inputs;
        }

        if (row < rows && dz[row] != 0.0f) {
            sum = sum + w[0] * dz[row];
        }

        block = block + sum * sum;
        dx[i] = outputs[i] > floor ? sum : 0.0f;
        if (i + 1 == end) {
            squares = squares + block;
            block = 0.0f;
            end += block_of(inputs - end);
        }
    }

    return squares;
}
