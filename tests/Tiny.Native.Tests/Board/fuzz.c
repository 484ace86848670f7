/*
 * Drawn sizes and shapes, every array of its own and just as large as the kernel may reach, at any alignment that its type allows: for the
 * host's address and undefined behaviour
 * sanitizers, which stop at the first byte beyond an end.
 */
#include "tiny_native.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS 32

static void *blocks[BLOCKS];
static int32_t used;
static uint32_t state;

static uint32_t next(void)
{
    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

static int32_t from_to(int32_t least, int32_t most)
{
    return least + (int32_t)(next() % (uint32_t)(most - least + 1));
}

/* An array at the end of its block, whose beginning is moved by so many elements. */
static void *array(int32_t count, size_t size)
{
    size_t bytes = (size_t)count * size;
    size_t before = size * (size_t)from_to(0, 7);
    uint8_t *block = malloc(before + bytes + 1);
    if (block == NULL || used == BLOCKS) {
        abort();
    }

    blocks[used++] = block;
    block = realloc(block, before + bytes);
    blocks[used - 1] = block;
    for (size_t i = 0; i < before + bytes; i++) {
        block[i] = (uint8_t)next();
    }

    return block + before;
}

static float *floats(int32_t count)
{
    float *values = array(count, sizeof(float));
    for (int32_t i = 0; i < count; i++) {
        /* Any pattern now and then: what is not finite too. */
        if (next() % 16u != 0u) {
            values[i] = (float)from_to(-4000, 4000) / 256.0f;
        }
    }

    return values;
}

static void free_all(void)
{
    while (used > 0) {
        free(blocks[--used]);
    }
}

/* What layers are checked for when they are loaded: sums stay below 2^20, shifts below 31. */
static int32_t *starts_of(int32_t count)
{
    int32_t *starts = array(count, sizeof(int32_t));
    for (int32_t i = 0; i < count; i++) {
        starts[i] = from_to(-1048575, 1048575);
    }

    return starts;
}

static uint8_t *shifts_of(int32_t count)
{
    uint8_t *shifts = array(count, 1);
    for (int32_t i = 0; i < count; i++) {
        shifts[i] = (uint8_t)from_to(0, 30);
    }

    return shifts;
}

static void dense(void)
{
    int32_t n = from_to(1, 70);
    int32_t rows = from_to(1, 9);
    float *x = floats(n);
    float *w = floats(n * rows);
    float *b = floats(rows);
    float *z = floats(rows);
    tiny_dense_f32(x, w, b, z, n, rows, -1e30f);
    tiny_dense_update_f32(x, z, w, b, n, rows, 0.1f);
    tiny_dense_input_gradient_f32(floats(n), z, x, w, n, rows, 0.0f);
    tiny_normalize_f32(floats(n), x, floats(n), floats(n), n);
    int32_t activation = from_to(TINY_LINEAR, TINY_MAXOUT);
    tiny_activate_f32(floats(activation == TINY_MAXOUT ? 2 * n : n), activation, 0.5f, activation == TINY_MAXOUT ? 2 * n : n, floats(256),
    floats(256));
    tiny_softmax_f32(x, x, n);
    tiny_add_f32(x, floats(n), x, n);
    tiny_scale_f32(x, 2.0f, n);
}

static void int8(void)
{
    int32_t n = from_to(1, 70);
    int32_t rows = from_to(1, 9);
    int32_t each = from_to(0, 1);
    int32_t longs = (rows + 2) / 3;
    uint8_t *x = array(n, 1);
    int32_t *sums = array(rows, sizeof(int32_t));
    int64_t *digits = array(longs, sizeof(int64_t));
    int8_t *w = array(n * rows, 1);
    tiny_levels_u8(floats(n), x, floats(each != 0 ? 2 * n : 2), each, n);
    tiny_row_starts_s8(memset(array(4 * rows, 1), 3, (size_t)(4 * rows)), w, sums, n, rows, 128);
    tiny_dense_s8(x, w, starts_of(rows), sums, n, rows);
    tiny_pack_digits(sums, digits, rows, 1, shifts_of(1), NULL);
    tiny_unpack_digits(digits, array(3 * longs, 1), rows);
    tiny_pack_digits(sums, digits, rows, 0, shifts_of(rows), array(256, 1));
    tiny_sums_to_f32(sums, floats(rows), floats(rows), rows);
    tiny_pack_bytes(array(3 * longs, 1), digits, longs, 128);
}

static int32_t window_of(int32_t *window)
{
    int32_t height = from_to(1, 5);
    int32_t width = from_to(1, 5);
    int32_t down = from_to(1, 3);
    int32_t across = from_to(1, 3);
    int32_t high = (height - 1) * down + 1;
    int32_t wide = (width - 1) * across + 1;
    int32_t above = from_to(0, high - 1);
    int32_t left = from_to(0, wide - 1);
    int32_t below = from_to(0, high - 1);
    int32_t right = from_to(0, wide - 1);
    int32_t rows = from_to(1, 9);
    int32_t columns = from_to(1, 9);
    int32_t stride_down = from_to(1, 4);
    int32_t stride_across = from_to(1, 4);
    int32_t open_down = rows + above + below - high;
    int32_t open_across = columns + left + right - wide;
    const int32_t shape[TINY_WINDOW] = { height, width, stride_down, stride_across, above, left, below, right, down, across, rows, columns,
        from_to(1, 9), columns + left + right,
        open_down / stride_down + 1, open_across / stride_across + 1 };
    memcpy(window, shape, sizeof shape);
    return open_down >= 0 && open_across >= 0;
}

static void windows(void)
{
    int32_t *window = array(TINY_WINDOW, sizeof(int32_t));
    if (window_of(window) == 0) {
        return;
    }

    int32_t channels = window[TINY_CHANNELS];
    int32_t filters = from_to(1, 7);
    int32_t taps = window[TINY_HEIGHT] * window[TINY_WIDTH];
    int32_t read = window[TINY_INPUT_HEIGHT] * window[TINY_INPUT_WIDTH] * channels;
    int32_t places = window[TINY_OUTPUT_HEIGHT] * window[TINY_OUTPUT_WIDTH];
    float *x = floats(read);
    tiny_conv2d_f32(x, floats(taps * channels * filters), floats(filters), floats(places * filters), window, filters, 0.0f,
    floats(taps * channels));
    tiny_depthwise_f32(x, floats(taps * channels), floats(channels), floats(places * channels), window);
    tiny_max_pool_f32(x, floats(places * channels), window);
    tiny_average_pool_f32(x, floats(places * channels), window);
    tiny_global_average_f32(x, floats(channels), read / channels, channels, 0.5f);
    free_all();
}

static void byte_windows(void)
{
    int32_t window[TINY_WINDOW];
    if (window_of(window) == 0) {
        return;
    }

    int32_t channels = window[TINY_CHANNELS];
    int32_t filters = from_to(1, 7);
    int32_t relu = from_to(0, 1);
    int32_t pool = relu != 0 ? from_to(1, 3) : 1;
    int32_t taps = window[TINY_HEIGHT] * window[TINY_WIDTH];
    int32_t read = window[TINY_INPUT_HEIGHT] * window[TINY_INPUT_WIDTH] * channels;
    int32_t places = window[TINY_OUTPUT_HEIGHT] * window[TINY_OUTPUT_WIDTH];
    int32_t squares = (window[TINY_OUTPUT_HEIGHT] / pool) * (window[TINY_OUTPUT_WIDTH] / pool);
    int8_t *table = relu != 0 ? NULL : array(256, 1);
    uint8_t *x = array(read, 1);
    tiny_conv2d_s8(x, array(taps * channels * filters, 1), starts_of(filters), array(squares * filters, 1), window, filters, pool, 7, relu,
        shifts_of(relu != 0 ? 1 : filters), table,
        array(taps * channels, 1));
    tiny_depthwise_s8(x, array(taps * channels, 1), starts_of(channels), array(squares * channels, 1), window, pool, 7, relu,
    shifts_of(relu != 0 ? 1 : channels), table);
    tiny_pool_u8(x, array(places * channels, 1), window, relu);
    tiny_mean_digits(x, array((channels + 2) / 3, sizeof(int64_t)), read / channels, channels, 7, 90000);
    tiny_mean_f32(x, floats(channels), read / channels, channels, 7, 0.5f);
}

static void sparse(void)
{
    int32_t n = from_to(1, 70);
    int32_t rows = 3 * from_to(1, 5);
    uint16_t *counts = array(rows, sizeof(uint16_t));
    int32_t all = 0;
    for (int32_t i = 0; i < rows; i++) {
        counts[i] = (uint16_t)from_to(0, n);
        all += counts[i];
    }

    uint16_t *inputs = array(all, sizeof(uint16_t));
    for (int32_t i = 0; i < all; i++) {
        inputs[i] = (uint16_t)from_to(0, n - 1);
    }

    if (tiny_sparse_fits(inputs, all, counts, rows, n) == 0 || tiny_indices_fit(inputs, all,
        n) == 0 || (all > 0 && tiny_sparse_fits(inputs, all - 1, counts, rows, n) != 0)) {
        abort();
    }

    tiny_normalize_used_f32(floats(n), floats(n), floats(n), floats(n), inputs, all);
    int32_t each = from_to(0, 1);
    tiny_levels_used_u8(floats(n), array(n, 1), floats(each != 0 ? 2 * n : 2), each, inputs, all);
    tiny_sparse_f32(floats(n), floats(rows), floats(rows), floats(all), inputs, counts, rows, 0.0f);
    tiny_sparse_s8(array(n, 1), array(3 * all, 1), inputs, counts, starts_of(3 * rows), array(3 * rows, sizeof(int32_t)), rows);
}

static void others(void)
{
    int32_t units = from_to(1, 20);
    int32_t channels = from_to(1, 9);
    tiny_gru_step_f32(floats(channels), floats(units), floats(units * (2 * (1 + channels + units) + 2 + channels + units)),
    floats(4 * units), units, channels, floats(256), floats(256));
    tiny_fastgrnn_step_f32(floats(channels), floats(units), floats(units * (2 + channels + units) + 2), floats(units), units, channels,
    floats(256), floats(256));
    int32_t n = from_to(2, 200);
    int32_t oldest = from_to(0, n - 1);
    float *ring = floats(n);
    tiny_window_range_f32(ring, oldest, n, floats(4));
    tiny_window_deviation_f32(ring, oldest, n, 0.5f);
    tiny_window_crossings_f32(ring, oldest, n, 0.5f);
    tiny_goertzel_f32(ring, oldest, n, 0.5f, 1.5f);
    int32_t count = 64 << from_to(0, 4);
    tiny_fft_f32(floats(2 * count), count);
}

int main(int argc, char **argv)
{
    long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
    void (*const parts[])(void) = { dense, int8, windows, byte_windows, sparse, others };
    for (long i = 0; i < rounds; i++) {
        state = (uint32_t)i;
        parts[i % 6]();
        free_all();
    }

    printf("%ld rounds\n", rounds);
    return 0;
}
