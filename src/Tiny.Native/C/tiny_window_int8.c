#include "tiny_native.h"
#include "tiny_dot.h"

/* A digit as a byte: what comes of a sum. */
static uint8_t byte_of(int32_t sum, int32_t relu, int32_t shift, const int8_t *table)
{
    int32_t digit = sum >> shift;
    if (relu != 0) {
        return (uint8_t)(digit < 0 ? 0 : digit > 127 ? 127 : digit);
    }

    digit = digit < -128 ? -128 : digit > 127 ? 127 : digit;
    return (uint8_t)(table[digit + 128] + 128);
}

/* Taps within the edges of a window that begins at first: from the first of them to behind the last. */
static void inside(int32_t first, int32_t taps, int32_t dilation, int32_t length, int32_t *from, int32_t *to)
{
    int32_t begin = 0;
    int32_t end = taps;
    while (begin < end && first + begin * dilation < 0) {
        begin++;
    }

    while (end > begin && first + (end - 1) * dilation >= length) {
        end--;
    }

    *from = begin;
    *to = end;
}

/* The bytes under a window, taps row by row, zero beyond the edges; where they stand beside each other anyway, where they stand. */
static const uint8_t *gather(const uint8_t *x, const int32_t *window, int32_t row, int32_t column, int32_t zero, uint8_t *patch)
{
    int32_t channels = window[TINY_CHANNELS];
    int32_t top = row * window[TINY_STRIDE_DOWN] - window[TINY_ABOVE];
    int32_t left = column * window[TINY_STRIDE_ACROSS] - window[TINY_LEFT];
    int32_t height = window[TINY_HEIGHT];
    int32_t width = window[TINY_WIDTH];
    int32_t run = width * channels;
    int32_t pitch = window[TINY_INPUT_WIDTH] * channels;
    int32_t across = window[TINY_DILATION_ACROSS];
    int32_t down = window[TINY_DILATION_DOWN];
    int32_t from;
    int32_t to;
    inside(left, width, across, window[TINY_INPUT_WIDTH], &from, &to);
    int32_t whole = from == 0 && to == width && (across == 1 || width == 1);
    if (whole && top >= 0 && top + (height - 1) * down < window[TINY_INPUT_HEIGHT] && (height == 1 || (run == pitch && down == 1))) {
        return x + top * pitch + left * channels;
    }

    uint8_t *next = patch;
    for (int32_t i = 0; i < height; i++) {
        int32_t y = top + i * down;
        if (y < 0 || y >= window[TINY_INPUT_HEIGHT]) {
            memset(next, zero, (size_t)run);
        } else if (whole) {
            memcpy(next, x + y * pitch + left * channels, (size_t)run);
        } else {
            memset(next, zero, (size_t)run);
            for (int32_t j = from; j < to; j++) {
                memcpy(next + j * channels, x + y * pitch + (left + j * across) * channels, (size_t)channels);
            }
        }

        next += run;
    }

    return patch;
}

/* The sums of one place pass through this: with pool == 1 they become bytes, else the largest so far stay in z until the square's last
   place has come. */
static void give(const int32_t *sums, uint8_t *z, int32_t count, int32_t first, int32_t relu, const uint8_t *shifts, const int8_t *table,
    int32_t fresh)
{
    for (int32_t k = 0; k < count; k++) {
        uint8_t byte = byte_of(sums[k], relu, shifts[relu != 0 ? 0 : first + k], table);
        if (fresh != 0 || byte > z[k]) {
            z[k] = byte;
        }
    }
}

void tiny_conv2d_s8(const uint8_t *x, const int8_t *weights, const int32_t *starts, uint8_t *z, const int32_t *window, int32_t filters,
    int32_t pool, int32_t zero, int32_t relu,
    const uint8_t *shifts, const int8_t *table, uint8_t *patch)
{
    int32_t each = window[TINY_HEIGHT] * window[TINY_WIDTH] * window[TINY_CHANNELS];
    int32_t rows = window[TINY_OUTPUT_HEIGHT] / pool * pool;
    int32_t columns = window[TINY_OUTPUT_WIDTH] / pool * pool;
    for (int32_t row = 0; row < rows; row++) {
        for (int32_t column = 0; column < columns; column++) {
            /* Larger sums give larger digits, so the largest of a square's digits is the digit of its largest sum. */
            uint8_t *to = z + (row / pool * (columns / pool) + column / pool) * filters;
            int32_t fresh = row % pool + column % pool == 0;
            const uint8_t *values = gather(x, window, row, column, zero, patch);
            const int8_t *filter = weights;
            int32_t k = 0;
            int32_t sums[2];
            for (; k + 2 <= filters; k += 2) {
                sums[0] = starts[k];
                sums[1] = starts[k + 1];
                tiny_two_rows(values, filter, filter + each, each, sums);
                give(sums, to + k, 2, k, relu, shifts, table, fresh);
                filter += 2 * each;
            }

            if (k < filters) {
                sums[0] = tiny_one_row(values, filter, each, starts[k]);
                give(sums, to + k, 1, k, relu, shifts, table, fresh);
            }
        }
    }
}

/* The sums of all channels at a place whose window is within the edges. */
static void whole_place(const uint8_t *x, const int8_t *weights, const int32_t *starts, uint8_t *z, const int32_t *window, int32_t relu,
    const uint8_t *shifts, const int8_t *table,
    int32_t fresh)
{
    int32_t channels = window[TINY_CHANNELS];
    int32_t height = window[TINY_HEIGHT];
    int32_t width = window[TINY_WIDTH];
    int32_t step = window[TINY_DILATION_ACROSS] * channels;
    int32_t skip = window[TINY_DILATION_DOWN] * window[TINY_INPUT_WIDTH] * channels - width * step;
    for (int32_t channel = 0; channel < channels; channel++) {
        const uint8_t *value = x + channel;
        int32_t sum = starts[channel];
        for (int32_t i = height; i > 0; i--) {
            if (width == 3) {
                sum += weights[0] * value[0] + weights[1] * value[step] + weights[2] * value[2 * step];
                weights += 3;
                value += 3 * step;
            } else {
                for (int32_t j = width; j > 0; j--) {
                    sum += *weights++ * *value;
                    value += step;
                }
            }

            value += skip;
        }

        give(&sum, z + channel, 1, channel, relu, shifts, table, fresh);
    }
}

/* The sum of one channel at one place, whose taps from above to below and from from to to are within the edges. */
static int32_t channel_at(const uint8_t *x, const int8_t *weights, const int32_t *window, int32_t above, int32_t below, int32_t from,
    int32_t to, int32_t zero, int32_t sum)
{
    int32_t channels = window[TINY_CHANNELS];
    int32_t width = window[TINY_WIDTH];
    int32_t step = window[TINY_DILATION_ACROSS] * channels;
    int32_t down = window[TINY_DILATION_DOWN] * window[TINY_INPUT_WIDTH] * channels;
    int32_t outside = 0;
    for (int32_t i = 0; i < window[TINY_HEIGHT]; i++) {
        if (i >= above && i < below) {
            const uint8_t *line = x + i * down + from * step;
            for (int32_t j = 0; j < from; j++) {
                outside += weights[j];
            }

            for (int32_t j = from; j < to; j++) {
                sum += weights[j] * *line;
                line += step;
            }

            for (int32_t j = to; j < width; j++) {
                outside += weights[j];
            }
        } else {
            for (int32_t j = 0; j < width; j++) {
                outside += weights[j];
            }
        }

        weights += width;
    }

    return sum + outside * zero;
}

void tiny_depthwise_s8(const uint8_t *x, const int8_t *weights, const int32_t *starts, uint8_t *z, const int32_t *window, int32_t pool,
    int32_t zero, int32_t relu,
    const uint8_t *shifts, const int8_t *table)
{
    int32_t channels = window[TINY_CHANNELS];
    int32_t taps = window[TINY_HEIGHT] * window[TINY_WIDTH];
    int32_t rows = window[TINY_OUTPUT_HEIGHT] / pool * pool;
    int32_t columns = window[TINY_OUTPUT_WIDTH] / pool * pool;
    for (int32_t row = 0; row < rows; row++) {
        int32_t top = row * window[TINY_STRIDE_DOWN] - window[TINY_ABOVE];
        int32_t above;
        int32_t below;
        inside(top, window[TINY_HEIGHT], window[TINY_DILATION_DOWN], window[TINY_INPUT_HEIGHT], &above, &below);
        for (int32_t column = 0; column < columns; column++) {
            int32_t left = column * window[TINY_STRIDE_ACROSS] - window[TINY_LEFT];
            int32_t from;
            int32_t to;
            inside(left, window[TINY_WIDTH], window[TINY_DILATION_ACROSS], window[TINY_INPUT_WIDTH], &from, &to);
            uint8_t *bytes = z + (row / pool * (columns / pool) + column / pool) * channels;
            int32_t fresh = row % pool + column % pool == 0;
            int32_t at = (top * window[TINY_INPUT_WIDTH] + left) * channels;
            if (to - from == window[TINY_WIDTH] && below - above == window[TINY_HEIGHT]) {
                whole_place(x + at, weights, starts, bytes, window, relu, shifts, table, fresh);
                continue;
            }

            for (int32_t channel = 0; channel < channels; channel++) {
                int32_t sum = channel_at(x + (at + channel), weights + channel * taps, window, above, below, from, to, zero,
                    starts[channel]);
                give(&sum, bytes + channel, 1, channel, relu, shifts, table, fresh);
            }
        }
    }
}

void tiny_pool_u8(const uint8_t *x, uint8_t *z, const int32_t *window, int32_t largest)
{
    int32_t channels = window[TINY_CHANNELS];
    int32_t step = window[TINY_DILATION_ACROSS] * channels;
    int32_t pitch = window[TINY_INPUT_WIDTH] * channels;
    for (int32_t row = 0; row < window[TINY_OUTPUT_HEIGHT]; row++) {
        int32_t top = row * window[TINY_STRIDE_DOWN] - window[TINY_ABOVE];
        int32_t above;
        int32_t below;
        inside(top, window[TINY_HEIGHT], window[TINY_DILATION_DOWN], window[TINY_INPUT_HEIGHT], &above, &below);
        for (int32_t column = 0; column < window[TINY_OUTPUT_WIDTH]; column++) {
            int32_t left = column * window[TINY_STRIDE_ACROSS] - window[TINY_LEFT];
            int32_t from;
            int32_t to;
            inside(left, window[TINY_WIDTH], window[TINY_DILATION_ACROSS], window[TINY_INPUT_WIDTH], &from, &to);
            int32_t taps = (below - above) * (to - from);
            for (int32_t channel = 0; channel < channels; channel++) {
                int32_t best = 0;
                int32_t sum = 0;
                for (int32_t i = above; i < below; i++) {
                    const uint8_t *value = x + (top + i * window[TINY_DILATION_DOWN]) * pitch
                        + (left + from * window[TINY_DILATION_ACROSS]) * channels + channel;
                    for (int32_t j = from; j < to; j++) {
                        best = *value > best ? *value : best;
                        sum += *value;
                        value += step;
                    }
                }

                /* A window whose dilation straddles what is read has no tap, and gives 0. */
                *z++ = (uint8_t)(largest != 0 || taps == 0 ? best : (2 * sum + taps) / (2 * taps));
            }
        }
    }
}
