#include "tiny_native.h"
#include "tiny_dot.h"

#define LARGEST_DIGIT 127
#define SECOND 21
#define THIRD 43

int32_t tiny_levels_u8(const float *x, uint8_t *levels, const float *scaling, int32_t each, int32_t count)
{
    float scale = scaling[0];
    float offset = scaling[1];
    for (int32_t i = 0; i < count; i++) {
        if (each != 0) {
            scale = scaling[2 * i];
            offset = scaling[2 * i + 1];
        }

        float number = x[i] * scale + offset;
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

void tiny_row_starts_s8(const uint8_t *biases, const int8_t *weights, int32_t *starts, int32_t inputs, int32_t rows, int32_t zero)
{
    for (int32_t row = 0; row < rows; row++) {
        int32_t sum = 0;
        for (int32_t i = 0; i < inputs; i++) {
            sum += *weights++;
        }

        uint32_t bias = (uint32_t)biases[0] | (uint32_t)biases[1] << 8 | (uint32_t)biases[2] << 16 | (uint32_t)biases[3] << 24;
        starts[row] = (int32_t)bias - zero * sum;
        biases += 4;
    }
}

void tiny_dense_s8(const uint8_t *x, const int8_t *weights, const int32_t *starts, int32_t *sums, int32_t inputs, int32_t rows)
{
    int32_t row = 0;
    for (; row + 2 <= rows; row += 2) {
        sums[row] = starts[row];
        sums[row + 1] = starts[row + 1];
        tiny_two_rows(x, weights, weights + inputs, inputs, sums + row);
        weights += 2 * inputs;
    }

    if (row < rows) {
        sums[row] = tiny_one_row(x, weights, inputs, starts[row]);
    }
}

void tiny_unpack_digits(const int64_t *digits, uint8_t *bytes, int32_t count)
{
    for (int32_t i = 0; i < count; i += 3) {
        /* A digit below 0 has borrowed one from the digit above it. */
        uint64_t three = (uint64_t)*digits++ + (128ull | 128ull << SECOND | 128ull << THIRD);
        bytes[i] = (uint8_t)three;
        bytes[i + 1] = (uint8_t)(three >> SECOND);
        bytes[i + 2] = (uint8_t)(three >> THIRD);
    }
}

static int32_t held(int32_t value, int32_t least)
{
    return value < least ? least : value > LARGEST_DIGIT ? LARGEST_DIGIT : value;
}

static int32_t looked_up(int32_t sum, int32_t shift, const int8_t *table)
{
    return table[held(sum >> shift, -128) + 128];
}

static int64_t three_digits(int32_t low, int32_t middle, int32_t high)
{
    return low + (int64_t)middle * (1 << SECOND) + (int64_t)high * (1ll << THIRD);
}

void tiny_pack_digits(const int32_t *sums, int64_t *digits, int32_t rows, int32_t relu, const uint8_t *shifts, const int8_t *table)
{
    int32_t three[3];
    for (int32_t row = 0; row < rows; row += 3) {
        for (int32_t lane = 0; lane < 3; lane++) {
            int32_t at = row + lane;
            three[lane] = at >= rows ? 0 : relu != 0 ? held(sums[at] >> shifts[0], 0) : looked_up(sums[at], shifts[at], table);
        }

        *digits++ = three_digits(three[0], three[1], three[2]);
    }
}

void tiny_sums_to_f32(const int32_t *sums, const float *scales, float *z, int32_t rows)
{
    for (int32_t row = 0; row < rows; row++) {
        z[row] = (float)sums[row] * scales[row];
    }
}

static int32_t channel_sum(const uint8_t *x, int32_t places, int32_t channels)
{
    int32_t sum = 0;
    for (int32_t place = 0; place < places; place++) {
        sum += *x;
        x += channels;
    }

    return sum;
}

void tiny_mean_digits(const uint8_t *x, int64_t *digits, int32_t places, int32_t channels, int32_t zero, int32_t factor)
{
    int32_t three[3];
    for (int32_t channel = 0; channel < channels; channel += 3) {
        for (int32_t lane = 0; lane < 3; lane++) {
            three[lane] = 0;
            if (channel + lane < channels) {
                int64_t sum = channel_sum(x + channel + lane, places, channels) - zero * places;
                int64_t digit = (sum * factor + (1 << 23)) >> 24;
                three[lane] = (int32_t)(digit > LARGEST_DIGIT ? LARGEST_DIGIT : digit < -LARGEST_DIGIT ? -LARGEST_DIGIT : digit);
            }
        }

        *digits++ = three_digits(three[0], three[1], three[2]);
    }
}

void tiny_mean_f32(const uint8_t *x, float *z, int32_t places, int32_t channels, int32_t zero, float scale)
{
    for (int32_t channel = 0; channel < channels; channel++) {
        z[channel] = (float)(channel_sum(x + channel, places, channels) - zero * places) * scale;
    }
}

void tiny_pack_bytes(const uint8_t *x, int64_t *digits, int32_t longs, int32_t zero)
{
    for (int32_t i = 0; i < longs; i++) {
        digits[i] = three_digits(x[0] - zero, x[1] - zero, x[2] - zero);
        x += 3;
    }
}
