#include "tiny_native.h"
#include "tiny_table.h"
#include <string.h>

#define ORDINARY_SQUARES 1e24f
#define LARGEST_NORMALIZED 1e12f

/* 2^exponent, exponent from -126 to 127. */
static float power_of_two(int32_t exponent)
{
    uint32_t bits = (uint32_t)(exponent + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return power;
}

/* What stands for a normalized value that is past the limit, or infinity times a scale of 0. */
static float extraordinary(float value)
{
    return LARGEST_NORMALIZED <= value ? LARGEST_NORMALIZED
        : value <= -LARGEST_NORMALIZED ? -LARGEST_NORMALIZED
        : value - value == 0.0f ? value : 0.0f;
}

int32_t tiny_normalize_f32(float *n, const float *x, const float *means, const float *scales, int32_t count)
{
    int32_t i = count;
    if ((i & 1) != 0) {
        i--;
        float value = (x[i] - means[i]) * scales[i];
        if (!(value * value < ORDINARY_SQUARES)) {
            if (x[i] - x[i] != 0.0f) {
                return i;
            }

            value = extraordinary(value);
        }

        n[i] = value;
    }

    while (i != 0) {
        i -= 2;
        float first = (x[i] - means[i]) * scales[i];
        float second = (x[i + 1] - means[i + 1]) * scales[i + 1];
        if (!(first * first + second * second < ORDINARY_SQUARES)) {
            if (x[i] - x[i] != 0.0f) {
                return i;
            }

            if (x[i + 1] - x[i + 1] != 0.0f) {
                return i + 1;
            }

            first = extraordinary(first);
            second = extraordinary(second);
        }

        n[i] = first;
        n[i + 1] = second;
    }

    return -1;
}

float tiny_exp_f32(float x)
{
    if (!(-77.0f < x)) {
        return x <= -77.0f ? 0.0f : x;
    }

    if (x > 88.0f) {
        x = 88.0f;
    }

    float scaled = x * 1.44269504f;
    int32_t n = (int32_t)(scaled < 0.0f ? scaled - 0.5f : scaled + 0.5f);
    float r = x - (float)n * 0.693359375f;
    r = r - (float)n * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    float value = p * (r * r) + r + 1.0f;
    n += 112;
    return value * power_of_two(16 * (n >> 4) - 112) * power_of_two(n & 15);
}

float tiny_sqrt_f32(float x)
{
    if (!(0.0f < x)) {
        return x <= 0.0f ? 0.0f : x;
    }

    if (x > 3.40282347e38f) {
        return x;
    }

    float scale = 1.0f;
    while (x >= 4.0f) {
        x *= 0.25f;
        scale *= 2.0f;
    }

    while (x < 1.0f) {
        x *= 4.0f;
        scale *= 0.5f;
    }

    float root = 0.5f * (1.0f + x);
    for (int32_t i = 0; i < 4; i++) {
        root = 0.5f * (root + x / root);
    }

    return root * scale;
}

static float swish(float x, const float *intercepts, const float *slopes)
{
    if (x < TABLE_RANGE) {
        if (x > -TABLE_RANGE) {
            int32_t piece = (int32_t)(x * PIECES_PER_UNIT + TABLE_MIDDLE);
            return (intercepts[piece] + x * slopes[piece]) * x;
        }

        return 0.0f;
    }

    return x;
}

static void maxout(float *z, int32_t rows)
{
    for (int32_t i = 0; i + 1 < rows; i += 2) {
        float first = z[i];
        float second = z[i + 1];
        z[i >> 1] = second <= first ? first : second;
    }
}

void tiny_activate_f32(float *z, int32_t activation, float parameter, int32_t rows, const float *intercepts, const float *slopes)
{
    if (activation == TINY_MAXOUT) {
        maxout(z, rows);
        return;
    }

    if (activation == TINY_SOFTMAX) {
        tiny_softmax_f32(z, z, rows);
        return;
    }

    for (int32_t i = 0; i < rows; i++) {
        float x = z[i];
        switch (activation) {
            case TINY_SIGMOID:
                z[i] = tiny_table_sigmoid(x, intercepts, slopes);
                break;
            case TINY_TANH:
                z[i] = tiny_table_tanh(x, intercepts, slopes);
                break;
            case TINY_RELU:
                z[i] = x < 0.0f ? 0.0f : x;
                break;
            case TINY_LEAKY_RELU:
                z[i] = x < 0.0f ? x * parameter : x;
                break;
            case TINY_ELU:
                z[i] = x < 0.0f ? parameter * (tiny_exp_f32(x) - 1.0f) : x;
                break;
            case TINY_SWISH:
                z[i] = swish(x, intercepts, slopes);
                break;
            default:
                break;
        }
    }
}

int32_t tiny_softmax_f32(const float *z, float *p, int32_t count)
{
    int32_t best = 0;
    float largest = z[0];
    for (int32_t i = 1; i < count; i++) {
        if (largest < z[i]) {
            largest = z[i];
            best = i;
        }
    }

    float sum = 0.0f;
    for (int32_t i = count - 1; i >= 0; i--) {
        float t = (z[i] - largest) * 1.44269504f;
        if (t < 0.0f) {
            if (t > -30.0f) {
                int32_t k = (int32_t)t;
                float f = t - (float)k;
                f = ((((0.00683189490f * f + 0.0532235783f) * f + 0.239456744f) * f + 0.693063570f) * f + 1.0f) * power_of_two(k);
                p[i] = f;
                sum = sum + f;
            } else {
                /* Minus infinity reaches the sum as NaN. */
                p[i] = 0.0f;
                sum = sum + (t - t);
            }
        } else {
            /* The largest; or NaN, which reaches the sum. */
            p[i] = 1.0f;
            sum = sum + (1.0f + t);
        }
    }

    if (sum - sum != 0.0f) {
        best = -1;
    }

    sum = 1.0f / sum;
    for (int32_t i = 0; i < count; i++) {
        p[i] = p[i] * sum;
    }

    return best;
}

void tiny_add_f32(const float *a, const float *b, float *z, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        z[i] = a[i] + b[i];
    }
}

void tiny_scale_f32(float *values, float factor, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        values[i] = values[i] * factor;
    }
}
