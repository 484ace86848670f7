/*
 * Tiny's kernels in C: what the layers of Tiny compute, with the same bits as the managed kernels, one order of summation in both.
 *
 * Every kernel is a leaf: it allocates nothing, keeps nothing, calls nothing but other kernels of these files, and looks at no pointer
 * beyond the sizes it is given.
 * Compile with -ffp-contract=off: a fused multiply-add rounds once where the managed kernels round twice. Sizes are whole numbers from 1
 * unless said otherwise.
 * Where a pointer may be null it is said. Buffers must not overlap unless said otherwise. No maths library is called.
 */
#ifndef TINY_NATIVE_H
#define TINY_NATIVE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Increased whenever a kernel's parameters change: the managed half asks for it. */
#define TINY_NATIVE_VERSION 1

/* Activations, by the codes of the blob. */
enum {
    TINY_LINEAR = 0,
    TINY_SIGMOID = 1,
    TINY_TANH = 2,
    TINY_RELU = 3,
    TINY_LEAKY_RELU = 4,
    TINY_ELU = 5,
    TINY_SWISH = 6,
    TINY_SOFTMAX = 7,
    TINY_MAXOUT = 8
};

/* How a window walks: places in an array of TINY_WINDOW numbers, as ByteWindow has them. */
enum {
    TINY_HEIGHT,
    TINY_WIDTH,
    TINY_STRIDE_DOWN,
    TINY_STRIDE_ACROSS,
    TINY_ABOVE,
    TINY_LEFT,
    TINY_BELOW,
    TINY_RIGHT,
    TINY_DILATION_DOWN,
    TINY_DILATION_ACROSS,
    TINY_INPUT_HEIGHT,
    TINY_INPUT_WIDTH,
    TINY_CHANNELS,
    TINY_PADDED_WIDTH,
    TINY_OUTPUT_HEIGHT,
    TINY_OUTPUT_WIDTH,
    TINY_WINDOW
};

/* ---- Dense, float32 ---- */

/* z[u] = biases[u] + weights[u][0] x[0] + weights[u][1] x[1] + ..; what is below the floor becomes the floor (0 for ReLU, else minus
   infinity). */
void tiny_dense_f32(const float *x, const float *weights, const float *biases, float *z, int32_t inputs, int32_t rows, float floor);

/* g = rate * dz[u]; biases[u] -= g; weights[u][i] -= g * x[i]. A pair of rows whose g are both 0 is passed over. */
void tiny_dense_update_f32(const float *x, const float *dz, float *weights, float *biases, int32_t inputs, int32_t rows, float rate);

/* dx[i] = 0 + weights[0][i] dz[0] + weights[1][i] dz[1] + .., where outputs[i] is above the floor; else 0. A pair of rows whose dz are both
 * 0 is passed over. dx may be outputs. Returns the sum of squares of the sums, of those that become 0 too. */
float tiny_dense_input_gradient_f32(float *dx, const float *dz, const float *outputs, const float *weights, int32_t inputs, int32_t rows,
    float floor);

/* ---- Float32, value by value ---- */

/* n[i] = (x[i] - means[i]) * scales[i], held within 1e12. Returns -1, or which value is not finite; then n is not to be used. */
int32_t tiny_normalize_f32(float *n, const float *x, const float *means, const float *scales, int32_t count);

/* The activation of z, in place; rows / 2 values remain of maxout. The table's two halves are SigmoidTable's, 256 floats each, and may be
   null where the activation reads none. */
void tiny_activate_f32(float *z, int32_t activation, float parameter, int32_t rows, const float *intercepts, const float *slopes);

/* p = softmax of z; p may be z. Returns the first of the largest, or -1 if a sum is not finite. */
int32_t tiny_softmax_f32(const float *z, float *p, int32_t count);

/* e^x by float + - * / alone. */
float tiny_exp_f32(float x);

/* The square root by float + * / alone; 0 for 0 and below. */
float tiny_sqrt_f32(float x);

/* z[i] = a[i] + b[i]; z may be a or b. */
void tiny_add_f32(const float *a, const float *b, float *z, int32_t count);

/* values[i] *= factor. */
void tiny_scale_f32(float *values, float factor, int32_t count);

/* ---- Windows, float32 ---- */

/* A dense layer at each place. weights (filters)(taps * channels); patch is room for taps * channels values; no bias is -0. */
void tiny_conv2d_f32(const float *x, const float *weights, const float *biases, float *z, const int32_t *window, int32_t filters,
    float floor, float *patch);

/* Each channel by itself. weights (taps)(channels); no bias is -0. */
void tiny_depthwise_f32(const float *x, const float *weights, const float *biases, float *z, const int32_t *window);

/* The first of the largest values under the window, of each channel. */
void tiny_max_pool_f32(const float *x, float *z, const int32_t *window);

/* The mean of the values under the window within the edges, of each channel. */
void tiny_average_pool_f32(const float *x, float *z, const int32_t *window);

/* z[c] = (x[0][c] + x[1][c] + ..) * factor. */
void tiny_global_average_f32(const float *x, float *z, int32_t places, int32_t channels, float factor);

/* ---- Int8 ---- */

/* levels[i] = x[i] * scale + offset, cut toward 0, plus 256, held within 0 to 255. scaling has (scale, offset), or with each != 0 a pair
 * for every value. Returns -1, or the first value that is not a number. */
int32_t tiny_levels_u8(const float *x, uint8_t *levels, const float *scaling, int32_t each, int32_t count);

/* starts[u] = bias[u] - zero * sum of weights[u]: what a sum begins with that takes bytes as they are. biases: four bytes each, the lowest
   first. */
void tiny_row_starts_s8(const uint8_t *biases, const int8_t *weights, int32_t *starts, int32_t inputs, int32_t rows, int32_t zero);

/* sums[u] = starts[u] + sum of weights[u][i] * x[i]. */
void tiny_dense_s8(const uint8_t *x, const int8_t *weights, const int32_t *starts, int32_t *sums, int32_t inputs, int32_t rows);

/* Digits, three to a long at bits 0, 21 and 43, to bytes: 128 is added to each. bytes has room for 3 * ((count + 2) / 3). */
void tiny_unpack_digits(const int64_t *digits, uint8_t *bytes, int32_t count);

/* Sums to digits, three to a long. With relu: shifted by shifts[0] and held within 0 to 127. Else table[128 + sums[u] >> shifts[u]], held
   within the table; table may be null with relu. */
void tiny_pack_digits(const int32_t *sums, int64_t *digits, int32_t rows, int32_t relu, const uint8_t *shifts, const int8_t *table);

/* z[u] = sums[u] * scales[u]. */
void tiny_sums_to_f32(const int32_t *sums, const float *scales, float *z, int32_t rows);

/* A convolution of bytes. weights (filters)(taps * channels), starts as tiny_row_starts_s8 makes them; each byte given is the largest of a
 * square of pool by pool. patch is room for taps * channels bytes. Shifts and table as for tiny_pack_digits; without relu 128 is added to a
 * digit. */
void tiny_conv2d_s8(const uint8_t *x, const int8_t *weights, const int32_t *starts, uint8_t *z, const int32_t *window, int32_t filters,
    int32_t pool, int32_t zero, int32_t relu,
    const uint8_t *shifts, const int8_t *table, uint8_t *patch);

/* Each channel by itself. weights (channels)(taps). */
void tiny_depthwise_s8(const uint8_t *x, const int8_t *weights, const int32_t *starts, uint8_t *z, const int32_t *window, int32_t pool,
    int32_t zero, int32_t relu,
    const uint8_t *shifts, const int8_t *table);

/* The largest byte under the window within the edges, or with largest == 0 the rounded mean, of each channel. */
void tiny_pool_u8(const uint8_t *x, uint8_t *z, const int32_t *window, int32_t largest);

/* Sums of each channel over all places, less places * zero, as digits: (sum * factor + 2^23) >> 24, held within -127 to 127, three to a
   long. */
void tiny_mean_digits(const uint8_t *x, int64_t *digits, int32_t places, int32_t channels, int32_t zero, int32_t factor);

/* The same as floats: sum * scale. */
void tiny_mean_f32(const uint8_t *x, float *z, int32_t places, int32_t channels, int32_t zero, float scale);

/* Bytes less zero as digits, three to a long: x has room for 3 * longs. */
void tiny_pack_bytes(const uint8_t *x, int64_t *digits, int32_t longs, int32_t zero);

/* ---- Sparse ---- */

/* z[u] = biases[u] + the products of counts[u] weights, whose inputs stand beside them. Returns 1 if the squares of all sums are below
   1e24, else 0. */
int32_t tiny_sparse_f32(const float *x, float *z, const float *biases, const float *weights, const uint16_t *inputs,
    const uint16_t *counts, int32_t rows, float floor);

/* sums[3 g + lane] = starts[3 g + lane] + sum of weights[k][lane] * x[inputs[k]], counts[g] of them. */
void tiny_sparse_s8(const uint8_t *x, const int8_t *weights, const uint16_t *inputs, const uint16_t *counts, const int32_t *starts,
    int32_t *sums, int32_t groups);

/* Whether the first counts[0] + counts[1] + .. of length inputs are below values, and no more than there are. */
int32_t tiny_sparse_fits(const uint16_t *inputs, int64_t length, const uint16_t *counts, int32_t rows, int32_t values);

/* Whether all of count indices are below values. */
int32_t tiny_indices_fit(const uint16_t *indices, int64_t count, int32_t values);

/* n[i] = (x[i] - means[i]) * scales[i], held within 1e12, for i of used, the last first. Returns -1, or which value is not finite. */
int32_t tiny_normalize_used_f32(float *n, const float *x, const float *means, const float *scales, const uint16_t *used, int32_t count);

/* The levels, as tiny_levels_u8 makes them, for i of used, the last first. Returns -1, or which value is not a number. */
int32_t tiny_levels_used_u8(const float *x, uint8_t *levels, const float *scaling, int32_t each, const uint16_t *used, int32_t count);

/* ---- Recurrence ---- */

/* A step of gated recurrent units. parameters in the blob's order: rows of z, rows of r (bias, channels, states each), rows of n for x
 * (bias, channels), rows of n for h (bias, states). scratch is room for 4 * units values. */
void tiny_gru_step_f32(const float *x, float *state, const float *parameters, float *scratch, int32_t units, int32_t channels,
    const float *intercepts, const float *slopes);

/* A step of FastGRNN units. parameters in the blob's order: rows of a (bias, channels, states each), c of each unit, zeta, nu. scratch is
   room for units values. */
void tiny_fastgrnn_step_f32(const float *x, float *state, const float *parameters, float *scratch, int32_t units, int32_t channels,
    const float *intercepts,
    const float *slopes);

/* ---- Signals: a ring of count samples, the oldest at oldest ---- */

/* values = mean, least, greatest, mean difference (of count - 1, from 2 samples on). */
void tiny_window_range_f32(const float *ring, int32_t oldest, int32_t count, float *values);

/* The root mean square about the mean. */
float tiny_window_deviation_f32(const float *ring, int32_t oldest, int32_t count, float mean);

/* How often the mean is crossed, of count - 1 steps, from 2 samples on. */
float tiny_window_crossings_f32(const float *ring, int32_t oldest, int32_t count, float mean);

/* The strength of a band by Goertzel's recursion over blocks of 64 samples, or all of fewer; coefficient = 2 cos(2 pi f / rate). */
float tiny_goertzel_f32(const float *ring, int32_t oldest, int32_t count, float mean, float coefficient);

/* A Fourier transform in place of count complex values, real and imaginary part beside each other; count is 64, 128, 256, 512 or 1,024.
   Returns 0 for another count. */
int32_t tiny_fft_f32(float *values, int32_t count);

#ifdef __cplusplus
}
#endif

#endif
