/*
 * Counts the instructions of kernels: how many one call takes, the call included. A tick is 40 instructions, so a kernel is called 40 times
 * and the ticks are the count of one call,
 * to the instruction; what the loop around it takes is taken off.
 */
#include "board.h"
#include "tiny_native.h"

#define TIMES 40
#define ROOM (64 * 1024)

static float a[ROOM];
static float b[ROOM];
static float c[ROOM];
static float d[ROOM];
static uint8_t bytes[ROOM];
static int8_t weights[ROOM];
static uint8_t given[ROOM];
static uint8_t patch[1024];
static int32_t starts[ROOM];
static int32_t sums[ROOM];
static int64_t longs[ROOM];
static uint16_t inputs[ROOM];
static uint16_t counts[1024];
static uint8_t shifts[1024];
static int8_t table[256];
static int32_t window[TINY_WINDOW];
static int32_t first;
static int32_t second;

static void fill(void)
{
    uint32_t state = 1u;
    for (int32_t i = 0; i < ROOM; i++) {
        state = state * 1664525u + 1013904223u;
        a[i] = b[i] = c[i] = (float)((int32_t)(state >> 16) - 32768) / 65536.0f;
        bytes[i] = (uint8_t)(state >> 16);
        weights[i] = (int8_t)(state >> 24);
        starts[i] = sums[i] = (int32_t)(state >> 20);
    }
}

static void window_of(int32_t height, int32_t width, int32_t channels, int32_t taps_down, int32_t taps_across, int32_t stride,
    int32_t above, int32_t left, int32_t high, int32_t wide)
{
    const int32_t values[TINY_WINDOW] = { taps_down, taps_across, stride, stride, above, left, above, left, 1, 1, height, width, channels,
        width + 2 * left, high, wide };
    for (int32_t i = 0; i < TINY_WINDOW; i++) {
        window[i] = values[i];
    }
}

static void nothing(void)
{
}

static uint32_t time_of(void (*call)(void), int32_t times)
{
    uint32_t ticks = 0u;
    uint32_t before = board_ticks();
    for (int32_t i = 0; i < times; i++) {
        call();
        uint32_t now = board_ticks();
        ticks += (now - before) & BOARD_LONGEST;
        before = now;
    }

    return ticks;
}

static void line(const char *name, void (*call)(void))
{
    fill();
    board_print(name);
    board_print(" ");
    board_print_number(time_of(call, TIMES) - time_of(nothing, TIMES));
    board_print("\n");
}

/* What is long is called once, and counted to the tick. */
static void long_line(const char *name, void (*call)(void))
{
    fill();
    board_print(name);
    board_print(" ");
    board_print_number(TIMES * time_of(call, 1));
    board_print("\n");
}

static void dense_f32(void)
{
    tiny_dense_f32(a, b, c, d, first, second, 0.0f);
}

static void dense_update(void)
{
    tiny_dense_update_f32(a, b, d, c, first, second, 0.0f + 0.001f);
}

static void dense_gradient(void)
{
    tiny_dense_input_gradient_f32(d, c, a, b, first, second, 0.0f);
}

static void dense_s8(void)
{
    tiny_dense_s8(bytes, weights, starts, sums, first, second);
}

static void row_starts(void)
{
    tiny_row_starts_s8(bytes, weights, starts, first, second, 128);
}

static void levels(void)
{
    tiny_levels_u8(a, bytes, b, 0, first);
}

static void pack(void)
{
    tiny_pack_digits(sums, longs, first, 1, shifts, table);
}

static void look_up(void)
{
    tiny_pack_digits(sums, longs, first, 0, shifts, table);
}

static void unpack(void)
{
    tiny_unpack_digits(longs, bytes, first);
}

static void to_floats(void)
{
    tiny_sums_to_f32(sums, a, d, first);
}

static void conv_s8(void)
{
    tiny_conv2d_s8(bytes, weights, starts, given, window, first, 1, 0, 1, shifts, table, patch);
}

static void depthwise_s8(void)
{
    tiny_depthwise_s8(bytes, weights, starts, given, window, 1, 0, 1, shifts, table);
}

static void pool_u8(void)
{
    tiny_pool_u8(bytes, given, window, 1);
}

static void mean_digits(void)
{
    tiny_mean_digits(bytes, longs, first, second, 0, 100000);
}

static void conv_f32(void)
{
    tiny_conv2d_f32(a, b, c, d, window, first, 0.0f, (float *)(void *)longs);
}

static void depthwise_f32(void)
{
    tiny_depthwise_f32(a, b, c, d, window);
}

static void max_pool_f32(void)
{
    tiny_max_pool_f32(a, d, window);
}

static void sigmoid(void)
{
    tiny_activate_f32(d, TINY_SIGMOID, 0.0f, first, b, c);
}

static void softmax(void)
{
    tiny_softmax_f32(a, d, first);
}

static void normalize(void)
{
    tiny_normalize_f32(d, a, b, c, first);
}

static void average_f32(void)
{
    tiny_global_average_f32(a, d, first, second, 0.01f);
}

static void normalize_used(void)
{
    tiny_normalize_used_f32(d, a, b, c, inputs, first);
}

static void levels_used(void)
{
    tiny_levels_used_u8(a, bytes, b, 0, inputs, first);
}

static void fastgrnn(void)
{
    tiny_fastgrnn_step_f32(a, d, b, (float *)(void *)longs, first, second, c, c);
}

/* With what the firmware looks at before: that no input is beyond the values. */
static void sparse_f32(void)
{
    tiny_sparse_fits(inputs, ROOM, counts, second, ROOM);
    tiny_sparse_f32(a, d, c, b, inputs, counts, second, 0.0f);
}

static void sparse_s8(void)
{
    tiny_sparse_fits(inputs, ROOM, counts, second, ROOM);
    tiny_sparse_s8(bytes, weights, inputs, counts, starts, sums, second);
}

static void gru(void)
{
    tiny_gru_step_f32(a, d, b, (float *)(void *)longs, first, second, c, c);
}

static void range(void)
{
    tiny_window_range_f32(a, 7, first, d);
}

static void deviation(void)
{
    d[0] = tiny_window_deviation_f32(a, 7, first, 0.0f);
}

static void band(void)
{
    d[0] = tiny_goertzel_f32(a, 7, first, 0.0f, 1.5f);
}

static void fft(void)
{
    tiny_fft_f32(a, first);
}

/* MLPerf Tiny's keyword network, DS-CNN: a convolution of 10 by 4, four times a depthwise one and one of 1 by 1, all of 64 channels, the
   average, and 12 classes. */
static void keywords(void)
{
    window_of(49, 10, 1, 10, 4, 2, 4, 1, 25, 5);
    tiny_conv2d_s8(bytes, weights, starts, given, window, 64, 1, 128, 1, shifts, table, patch);
    for (int32_t block = 0; block < 4; block++) {
        window_of(25, 5, 64, 3, 3, 1, 1, 1, 25, 5);
        tiny_depthwise_s8(given, weights, starts, bytes, window, 1, 0, 1, shifts, table);
        window_of(25, 5, 64, 1, 1, 1, 0, 0, 25, 5);
        tiny_conv2d_s8(bytes, weights, starts, given, window, 64, 1, 0, 1, shifts, table, patch);
    }

    tiny_mean_digits(given, longs, 125, 64, 0, 100000);
    tiny_unpack_digits(longs, bytes, 64);
    tiny_dense_s8(bytes, weights, starts, sums, 64, 12);
    tiny_sums_to_f32(sums, a, d, 12);
    tiny_softmax_f32(d, d, 12);
}

static void int8_layer(int32_t from, int32_t to)
{
    tiny_unpack_digits(longs, bytes, from);
    tiny_dense_s8(bytes, weights, starts, sums, from, to);
    tiny_pack_digits(sums, longs, to, 1, shifts, table);
}

/* MLPerf Tiny's autoencoder of sounds: 640, four times 128, 8, four times 128, 640. */
static void autoencoder(void)
{
    tiny_levels_u8(a, bytes, b, 0, 640);
    tiny_dense_s8(bytes, weights, starts, sums, 640, 128);
    tiny_pack_digits(sums, longs, 128, 1, shifts, table);
    int8_layer(128, 128);
    int8_layer(128, 128);
    int8_layer(128, 128);
    int8_layer(128, 8);
    int8_layer(8, 128);
    int8_layer(128, 128);
    int8_layer(128, 128);
    int8_layer(128, 128);
    tiny_unpack_digits(longs, bytes, 128);
    tiny_dense_s8(bytes, weights, starts, sums, 128, 640);
    tiny_sums_to_f32(sums, a, d, 640);
}

static void sized(const char *name, void (*call)(void), int32_t one, int32_t two)
{
    first = one;
    second = two;
    line(name, call);
}

static void dense_lines(void)
{
    sized("dense_f32.64x64", dense_f32, 64, 64);
    sized("dense_f32.4x4", dense_f32, 4, 4);
    sized("dense_f32.64x4", dense_f32, 64, 4);
    sized("dense_f32.4x64", dense_f32, 4, 64);
    sized("dense_update_f32.64x64", dense_update, 64, 64);
    sized("dense_input_gradient_f32.64x64", dense_gradient, 64, 64);
    sized("dense_s8.64x64", dense_s8, 64, 64);
    sized("dense_s8.4x4", dense_s8, 4, 4);
    sized("dense_s8.64x4", dense_s8, 64, 4);
    sized("dense_s8.4x64", dense_s8, 4, 64);
    sized("dense_s8.784x32", dense_s8, 784, 32);
    sized("levels_u8.784", levels, 784, 0);
    sized("pack_digits.32", pack, 32, 0);
    sized("pack_digits.table.32", look_up, 32, 0);
    sized("unpack_digits.32", unpack, 32, 0);
    sized("sums_to_f32.10", to_floats, 10, 0);
    sized("activate_f32.sigmoid.64", sigmoid, 64, 0);
    sized("softmax_f32.10", softmax, 10, 0);
    sized("row_starts_s8.64x64", row_starts, 64, 64);
    sized("normalize_f32.64", normalize, 64, 0);
}

static void window_lines(void)
{
    window_of(10, 10, 16, 3, 3, 1, 1, 1, 10, 10);
    sized("conv2d_s8.10x10x16.3x3.16", conv_s8, 16, 0);
    sized("depthwise_s8.10x10x16.3x3", depthwise_s8, 0, 0);
    sized("conv2d_f32.10x10x16.3x3.16", conv_f32, 16, 0);
    sized("depthwise_f32.10x10x16.3x3", depthwise_f32, 0, 0);
    window_of(6, 6, 4, 3, 3, 1, 0, 0, 4, 4);
    sized("conv2d_s8.inside.4x4", conv_s8, 4, 0);
    sized("conv2d_s8.inside.4x16", conv_s8, 16, 0);
    sized("depthwise_s8.inside.4", depthwise_s8, 0, 0);
    sized("conv2d_f32.inside.4x4", conv_f32, 4, 0);
    sized("conv2d_f32.inside.4x16", conv_f32, 16, 0);
    window_of(6, 6, 16, 3, 3, 1, 0, 0, 4, 4);
    sized("conv2d_s8.inside.16x4", conv_s8, 4, 0);
    sized("conv2d_s8.inside.16x16", conv_s8, 16, 0);
    sized("depthwise_s8.inside.16", depthwise_s8, 0, 0);
    sized("conv2d_f32.inside.16x4", conv_f32, 4, 0);
    sized("conv2d_f32.inside.16x16", conv_f32, 16, 0);
    window_of(10, 10, 16, 2, 2, 2, 0, 0, 5, 5);
    sized("pool_u8.10x10x16.2x2", pool_u8, 0, 0);
    sized("max_pool_f32.10x10x16.2x2", max_pool_f32, 0, 0);
    sized("mean_digits.100x16", mean_digits, 100, 16);
    sized("global_average_f32.100x16", average_f32, 100, 16);
}

static void other_lines(void)
{
    for (int32_t i = 0; i < 32; i++) {
        counts[i] = 24;
    }

    sized("sparse_f32.24x32", sparse_f32, 24, 32);
    sized("sparse_s8.24x32", sparse_s8, 24, 32);
    sized("normalize_used_f32.64", normalize_used, 64, 0);
    sized("levels_used_u8.64", levels_used, 64, 0);
    sized("gru_step_f32.16x3", gru, 16, 3);
    sized("fastgrnn_step_f32.16x3", fastgrnn, 16, 3);
    sized("window_range_f32.128", range, 128, 0);
    sized("window_deviation_f32.128", deviation, 128, 0);
    sized("goertzel_f32.128", band, 128, 0);
    sized("fft_f32.64", fft, 64, 0);
    sized("fft_f32.256", fft, 256, 0);
    sized("fft_f32.1024", fft, 1024, 0);
}

int main(void)
{
    for (int32_t i = 0; i < 1024; i++) {
        shifts[i] = 6;
    }

    dense_lines();
    window_lines();
    other_lines();
    long_line("keywords", keywords);
    long_line("autoencoder", autoencoder);
    return 0;
}
