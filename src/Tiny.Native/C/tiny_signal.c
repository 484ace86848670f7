#include "tiny_native.h"

/* The ring's two parts: from the oldest sample to its end, then from its beginning. */
#define PARTS 2
#define BAND_BLOCK 64

void tiny_window_range_f32(const float *ring, int32_t oldest, int32_t count, float *values)
{
    float sum = 0.0f;
    float change = 0.0f;
    float before = ring[oldest];
    float low = before;
    float high = before;
    int32_t from = oldest;
    int32_t to = count;
    for (int32_t part = 0; part < PARTS; part++) {
        for (int32_t i = from; i < to; i++) {
            float value = ring[i];
            sum = sum + value;
            if (value >= before) {
                change = change + (value - before);
                if (value > high) {
                    high = value;
                }
            } else {
                change = change + (before - value);
                if (value < low) {
                    low = value;
                }
            }

            before = value;
        }

        from = 0;
        to = oldest;
    }

    values[0] = sum / (float)count;
    values[1] = low;
    values[2] = high;
    values[3] = change / (float)(count - 1);
}

float tiny_window_deviation_f32(const float *ring, int32_t oldest, int32_t count, float mean)
{
    float squares = 0.0f;
    int32_t from = oldest;
    int32_t to = count;
    for (int32_t part = 0; part < PARTS; part++) {
        for (int32_t i = from; i < to; i++) {
            float a = ring[i] - mean;
            squares = squares + a * a;
        }

        from = 0;
        to = oldest;
    }

    return tiny_sqrt_f32(squares / (float)count);
}

float tiny_window_crossings_f32(const float *ring, int32_t oldest, int32_t count, float mean)
{
    int32_t crossings = 0;
    int32_t above = ring[oldest] >= mean;
    int32_t from = oldest;
    int32_t to = count;
    for (int32_t part = 0; part < PARTS; part++) {
        for (int32_t i = from; i < to; i++) {
            if ((ring[i] >= mean) != above) {
                above = !above;
                crossings++;
            }
        }

        from = 0;
        to = oldest;
    }

    return (float)crossings / (float)(count - 1);
}

float tiny_goertzel_f32(const float *ring, int32_t oldest, int32_t count, float mean, float coefficient)
{
    int32_t length = count < BAND_BLOCK ? count : BAND_BLOCK;
    int32_t blocks = count / length;
    float power = 0.0f;
    int32_t at = oldest;
    for (int32_t block = 0; block < blocks; block++) {
        float s1 = 0.0f;
        float s2 = 0.0f;
        int32_t left = length;
        while (left > 0) {
            int32_t to = left < count - at ? at + left : count;
            left -= to - at;
            for (; at < to; at++) {
                float s = ring[at] - mean + coefficient * s1 - s2;
                s2 = s1;
                s1 = s;
            }

            at = at == count ? 0 : at;
        }

        power = power + (s1 * s1 + s2 * s2 - coefficient * s1 * s2);
    }

    float mean2 = 2.0f * power / ((float)blocks * (float)length * (float)length);
    return tiny_sqrt_f32(mean2);
}
