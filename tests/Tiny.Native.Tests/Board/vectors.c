/*
 * Every kernel at every size from 1 to 70, its results as one number a line. The host prints what a board prints: the bits are the same,
 * and the host's are held to the managed
 * kernels' by the tests.
 */
#include "board.h"
#include "tiny_native.h"
#include <string.h>

#define MOST 70
#define ROOM (4 * 1024)

static float floats[8][ROOM];
static uint8_t bytes[4][ROOM];
static int32_t sums[ROOM];
static int32_t starts[ROOM];
static int64_t longs[ROOM];
static uint16_t words[2][ROOM];
static float intercepts[256];
static float slopes[256];
static uint32_t state = 12345u;
static uint32_t hash;

static uint32_t next(void)
{
    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

/* From -2 to 2, of few digits, so that it is the same wherever it is made. */
static float next_float(void)
{
    return (float)((int32_t)(next() & 0xFFFFu) - 32768) / 16384.0f;
}

static void fill(float *values, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        values[i] = next_float();
    }
}

static void fill_bytes(uint8_t *values, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        values[i] = (uint8_t)next();
        values[i] = values[i] == 128 ? 127 : values[i];
    }
}

static void take(const void *data, size_t length)
{
    const uint8_t *at = data;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ at[i]) * 16777619u;
    }
}

/* What is not a number has many patterns; here it is one. */
static void take_floats(const float *values, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, values + i, sizeof bits);
        bits = values[i] == values[i] ? bits : 0x7FC00000u;
        take(&bits, sizeof bits);
    }
}

static void say(const char *name)
{
    board_print(name);
    board_print(" ");
    board_print_hex(hash);
    board_print("\n");
    hash = 2166136261u;
}

static void tables(void)
{
    for (int32_t i = 0; i < 256; i++) {
        float left = (float)(i - 128) / 12.0f;
        float right = (float)(i - 127) / 12.0f;
        float at_left = 1.0f / (1.0f + tiny_exp_f32(-left));
        float slope = (1.0f / (1.0f + tiny_exp_f32(-right)) - at_left) * 12.0f;
        float middle = 0.5f * (left + right);
        float sag = 1.0f / (1.0f + tiny_exp_f32(-middle)) - (at_left + slope * (middle - left));
        slopes[i] = slope;
        intercepts[i] = at_left - slope * left + 0.5f * sag;
    }
}

static void dense(void)
{
    for (int32_t n = 1; n <= MOST; n++) {
        int32_t rows = 1 + n % 9;
        fill(floats[0], n);
        fill(floats[1], n * rows);
        fill(floats[2], rows);
        tiny_dense_f32(floats[0], floats[1], floats[2], floats[3], n, rows, n % 2 != 0 ? 0.0f : -1e30f);
        take_floats(floats[3], rows);
        tiny_dense_update_f32(floats[0], floats[3], floats[1], floats[2], n, rows, 0.125f);
        take_floats(floats[1], n * rows);
        take_floats(floats[2], rows);
        float squares = tiny_dense_input_gradient_f32(floats[4], floats[3], floats[0], floats[1], n, rows, 0.0f);
        take_floats(floats[4], n);
        take_floats(&squares, 1);
    }

    say("dense_f32");
}

static void activations(void)
{
    for (int32_t n = 1; n <= MOST; n++) {
        for (int32_t activation = TINY_LINEAR; activation <= TINY_MAXOUT; activation++) {
            fill(floats[0], 2 * n);
            tiny_scale_f32(floats[0], (float)n, 2 * n);
            tiny_activate_f32(floats[0], activation, 0.25f, activation == TINY_MAXOUT ? 2 * n : n, intercepts, slopes);
            take_floats(floats[0], n);
        }

        fill(floats[0], n);
        fill(floats[1], n);
        fill(floats[2], n);
        int32_t fault = tiny_normalize_f32(floats[3], floats[0], floats[1], floats[2], n);
        take(&fault, sizeof fault);
        take_floats(floats[3], n);
    }

    say("activations");
}

static void int8(void)
{
    for (int32_t n = 1; n <= MOST; n++) {
        int32_t rows = 1 + n % 10;
        fill(floats[0], n);
        floats[1][0] = 60.0f;
        floats[1][1] = -128.5f;
        int32_t fault = tiny_levels_u8(floats[0], bytes[0], floats[1], 0, n);
        fill_bytes(bytes[1], n * rows);
        fill_bytes(bytes[2], 4 * rows);
        for (int32_t row = 0; row < rows; row++) {
            bytes[2][4 * row + 2] = bytes[2][4 * row + 3] = (uint8_t)(bytes[2][4 * row + 1] > 127 ? 255 : 0);
            bytes[3][row] = (uint8_t)(next() % 12u);
        }

        tiny_row_starts_s8(bytes[2], (const int8_t *)bytes[1], starts, n, rows, 128);
        tiny_dense_s8(bytes[0], (const int8_t *)bytes[1], starts, sums, n, rows);
        take(&fault, sizeof fault);
        take(bytes[0], (size_t)n);
        take(sums, (size_t)rows * sizeof *sums);
        tiny_pack_digits(sums, longs, rows, 1, bytes[3], 0);
        take(longs, (size_t)((rows + 2) / 3) * sizeof *longs);
        tiny_unpack_digits(longs, bytes[0], rows);
        take(bytes[0], (size_t)rows);
        fill(floats[0], rows);
        tiny_sums_to_f32(sums, floats[0], floats[1], rows);
        take_floats(floats[1], rows);
    }

    say("dense_s8");
}

static void window_of(int32_t *window, int32_t height, int32_t width, int32_t channels, int32_t stride, int32_t padding)
{
    const int32_t shape[TINY_WINDOW] = { 3, 3, stride, stride, padding, padding, padding, padding, 1, 1, height, width, channels,
        width + 2 * padding,
        (height + 2 * padding - 3) / stride + 1, (width + 2 * padding - 3) / stride + 1 };
    memcpy(window, shape, sizeof shape);
}

static void windows(void)
{
    int32_t window[TINY_WINDOW];
    for (int32_t n = 1; n <= 24; n++) {
        int32_t filters = 1 + n % 5;
        window_of(window, 3 + n % 4, 3 + n % 3, n, 1 + n % 2, n % 2);
        int32_t count = window[TINY_INPUT_HEIGHT] * window[TINY_INPUT_WIDTH] * n;
        int32_t places = window[TINY_OUTPUT_HEIGHT] * window[TINY_OUTPUT_WIDTH];
        fill(floats[0], count);
        fill(floats[1], 9 * n * filters);
        fill(floats[2], filters + n);
        tiny_conv2d_f32(floats[0], floats[1], floats[2], floats[3], window, filters, -1e30f, floats[4]);
        take_floats(floats[3], places * filters);
        tiny_depthwise_f32(floats[0], floats[1], floats[2], floats[3], window);
        take_floats(floats[3], places * n);
        tiny_max_pool_f32(floats[0], floats[3], window);
        take_floats(floats[3], places * n);
        tiny_average_pool_f32(floats[0], floats[3], window);
        take_floats(floats[3], places * n);
        tiny_global_average_f32(floats[0], floats[3], count / n, n, 0.125f);
        take_floats(floats[3], n);
        fill_bytes(bytes[0], count);
        fill_bytes(bytes[1], 9 * n * (filters > n ? filters : n));
        for (int32_t i = 0; i < filters + n; i++) {
            starts[i] = (int32_t)(next() & 0xFFFFu) - 32768;
        }

        bytes[2][0] = (uint8_t)(3 + n % 6);
        tiny_conv2d_s8(bytes[0], (const int8_t *)bytes[1], starts, bytes[3], window, filters, 1, 128, 1, bytes[2], 0, (uint8_t *)longs);
        take(bytes[3], (size_t)(places * filters));
        tiny_depthwise_s8(bytes[0], (const int8_t *)bytes[1], starts, bytes[3], window, 1, 128, 1, bytes[2], 0);
        take(bytes[3], (size_t)(places * n));
        tiny_pool_u8(bytes[0], bytes[3], window, n % 2);
        take(bytes[3], (size_t)(places * n));
        tiny_mean_digits(bytes[0], longs, count / n, n, 128, 300000);
        take(longs, (size_t)((n + 2) / 3) * sizeof *longs);
    }

    say("windows");
}

static void sparse(void)
{
    for (int32_t n = 1; n <= MOST; n++) {
        int32_t rows = 3 * (1 + n % 4);
        fill(floats[0], MOST);
        fill(floats[1], n * rows);
        fill(floats[2], rows);
        fill_bytes(bytes[0], MOST);
        fill_bytes(bytes[1], 3 * n * rows);
        for (int32_t i = 0; i < n * rows; i++) {
            words[0][i] = (uint16_t)(next() % MOST);
            starts[i] = (int32_t)next();
        }

        for (int32_t i = 0; i < rows; i++) {
            words[1][i] = (uint16_t)(next() % (uint32_t)n);
        }

        int32_t ordinary = tiny_sparse_f32(floats[0], floats[3], floats[2], floats[1], words[0], words[1], rows, 0.0f);
        take(&ordinary, sizeof ordinary);
        take_floats(floats[3], rows);
        tiny_sparse_s8(bytes[0], (const int8_t *)bytes[1], words[0], words[1], starts, sums, rows / 3);
        take(sums, (size_t)rows * sizeof *sums);
        int32_t fits = tiny_sparse_fits(words[0], n * rows, words[1], rows, MOST) + tiny_indices_fit(words[0], n, MOST / 2);
        take(&fits, sizeof fits);
        fill(floats[4], MOST);
        fill(floats[5], MOST);
        floats[0][n - 1] *= 1e13f;
        int32_t fault = tiny_normalize_used_f32(floats[6], floats[0], floats[4], floats[5], words[0], n);
        take(&fault, sizeof fault);
        take_floats(floats[6], MOST);
        floats[7][0] = 60.0f;
        floats[7][1] = -128.5f;
        fault = tiny_levels_used_u8(floats[0], bytes[2], floats[7], 0, words[0], n);
        take(&fault, sizeof fault);
        take(bytes[2], MOST);
    }

    say("sparse");
}

static void recurrence(void)
{
    for (int32_t units = 1; units <= 20; units++) {
        int32_t channels = 1 + units % 5;
        fill(floats[0], units * (2 * (1 + channels + units) + 2 + channels + units));
        memset(floats[1], 0, sizeof floats[1]);
        for (int32_t step = 0; step < 5; step++) {
            fill(floats[2], channels);
            tiny_gru_step_f32(floats[2], floats[1], floats[0], floats[3], units, channels, intercepts, slopes);
        }

        take_floats(floats[1], units);
        memset(floats[1], 0, sizeof floats[1]);
        for (int32_t step = 0; step < 5; step++) {
            fill(floats[2], channels);
            tiny_fastgrnn_step_f32(floats[2], floats[1], floats[0], floats[3], units, channels, intercepts, slopes);
        }

        take_floats(floats[1], units);
    }

    say("recurrence");
}

static void signals(void)
{
    for (int32_t n = 2; n <= 2 * MOST; n++) {
        fill(floats[0], n);
        int32_t oldest = n / 3;
        tiny_window_range_f32(floats[0], oldest, n, floats[1]);
        floats[1][4] = tiny_window_deviation_f32(floats[0], oldest, n, floats[1][0]);
        floats[1][5] = tiny_window_crossings_f32(floats[0], oldest, n, floats[1][0]);
        floats[1][6] = tiny_goertzel_f32(floats[0], oldest, n, floats[1][0], 1.5f);
        take_floats(floats[1], 7);
    }

    say("signals");
    for (int32_t n = 64; n <= 1024; n *= 2) {
        fill(floats[0], 2 * n);
        tiny_fft_f32(floats[0], n);
        take_floats(floats[0], 2 * n);
    }

    say("fft");
}

int main(void)
{
    hash = 2166136261u;
    tables();
    take_floats(intercepts, 256);
    take_floats(slopes, 256);
    say("table");
    dense();
    activations();
    int8();
    windows();
    sparse();
    recurrence();
    signals();
    return 0;
}
