#include "tiny_native.h"

#define ORDINARY_SQUARES 1e24f
#define LIMIT 1e12f

int32_t tiny_sparse_f32(const float *x, float *z, const float *biases, const float *weights, const uint16_t *inputs,
    const uint16_t *counts, int32_t rows,
    float floor)
{
    int32_t ordinary = 1;
    for (int32_t row = 0; row < rows; row++) {
        float sum = biases[row];
        for (int32_t left = counts[row]; left > 0; left--) {
            sum = sum + *weights++ * x[*inputs++];
        }

        if (!(sum * sum < ORDINARY_SQUARES)) {
            ordinary = 0;
        }

        z[row] = sum < floor ? floor : sum;
    }

    return ordinary;
}

void tiny_sparse_s8(const uint8_t *x, const int8_t *weights, const uint16_t *inputs, const uint16_t *counts, const int32_t *starts,
    int32_t *sums,
    int32_t groups)
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

int32_t tiny_indices_fit(const uint16_t *indices, int64_t count, int32_t values)
{
    /* The largest is looked at alone, four a turn: this is asked before every call. */
    const uint16_t *end = indices + count;
    const uint16_t *whole = end - count % 4;
    uint32_t largest = 0u;
    while (indices != whole) {
        uint32_t a = indices[0] > indices[1] ? indices[0] : indices[1];
        uint32_t b = indices[2] > indices[3] ? indices[2] : indices[3];
        a = a > b ? a : b;
        largest = a > largest ? a : largest;
        indices += 4;
    }

    while (indices != end) {
        largest = *indices > largest ? *indices : largest;
        indices++;
    }

    return (int32_t)largest < values;
}

int32_t tiny_sparse_fits(const uint16_t *inputs, int64_t length, const uint16_t *counts, int32_t rows, int32_t values)
{
    int64_t all = 0;
    for (int32_t row = 0; row < rows; row++) {
        all += counts[row];
    }

    return all <= length && tiny_indices_fit(inputs, all, values) != 0;
}

int32_t tiny_normalize_used_f32(float *n, const float *x, const float *means, const float *scales, const uint16_t *used, int32_t count)
{
    while (count > 0) {
        int32_t i = used[--count];
        float value = (x[i] - means[i]) * scales[i];
        if (!(value * value < ORDINARY_SQUARES)) {
            if (x[i] - x[i] != 0.0f) {
                return i;
            }

            value = LIMIT <= value ? LIMIT : value <= -LIMIT ? -LIMIT : value - value == 0.0f ? value : 0.0f;
        }

        n[i] = value;
    }

    return -1;
}

int32_t tiny_levels_used_u8(const float *x, uint8_t *levels, const float *scaling, int32_t each, const uint16_t *used, int32_t count)
{
    while (count > 0) {
        int32_t i = used[--count];
        int32_t k = each != 0 ? 2 * i : 0;
        float number = x[i] * scaling[k] + scaling[k + 1];
        if (number < -1.0f) {
            levels[i] = number <= -256.0f ? 0 : (uint8_t)((int32_t)number + 256);
        } else if (-1.0f <= number) {
            levels[i] = 255;
        } else {
            return i;
        }
    }

    return -1;
}
