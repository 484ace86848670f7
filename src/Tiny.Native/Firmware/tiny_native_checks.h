/* What a native method asks before it hands pointers to a kernel: that no array is shorter than the kernel reaches. */
#ifndef TINY_NATIVE_CHECKS_H
#define TINY_NATIVE_CHECKS_H

#include <stdint.h>
#include "tiny_native.h"

#define TINY_LARGEST 0x1000000

/* Whether an array of so many elements has length of them, at least one, from one on. */
static inline bool tiny_fits(unsigned int size, int64_t from, int64_t length)
{
    return from >= 0 && length >= 1 && from + length <= (int64_t)size;
}

/* Whether a number is one that a byte may be. */
static inline bool tiny_is_byte(int32_t number)
{
    return number >= 0 && number <= 255;
}

/* Whether the sigmoid's table is there for an activation that reads it, and the activation is one. */
static inline bool tiny_table_fits(int32_t activation, unsigned int intercepts, unsigned int slopes)
{
    bool reads = activation == TINY_SIGMOID || activation == TINY_TANH || activation == TINY_SWISH;
    return activation >= TINY_LINEAR && activation <= TINY_MAXOUT && (!reads || (intercepts >= 256 && slopes >= 256));
}

/* Parameters of a recurrent unit; 0 where they are too many to count. */
static inline int64_t tiny_gru_each(int32_t channels, int32_t units)
{
    return channels < 1 || units < 1 || channels > 65535 || units > 65535 ? 0 : 2 * (1 + (int64_t)channels + units) + 2 + channels + units;
}

/* Parameters of FastGRNN units; 0 where they are too many to count. */
static inline int64_t tiny_fastgrnn_count(int32_t channels, int32_t units)
{
    return channels < 1 || units < 1 || channels > 65535 || units > 65535 ? 0 : units * (2 + (int64_t)channels + units) + 2;
}

static inline int64_t tiny_least(unsigned int one, unsigned int other)
{
    return one < other ? one : other;
}

/* Weights of a filter over one channel, or over all where the window is a convolution's. */
static inline int64_t tiny_window_taps(const signed int *window)
{
    return (int64_t)window[TINY_HEIGHT] * window[TINY_WIDTH];
}

static inline int64_t tiny_window_each(const signed int *window)
{
    return tiny_window_taps(window) * window[TINY_CHANNELS];
}

static inline int64_t tiny_window_read(const signed int *window)
{
    return (int64_t)window[TINY_INPUT_HEIGHT] * window[TINY_INPUT_WIDTH] * window[TINY_CHANNELS];
}

static inline int64_t tiny_window_given(const signed int *window, int32_t pool)
{
    return (int64_t)(window[TINY_OUTPUT_HEIGHT] / pool) * (window[TINY_OUTPUT_WIDTH] / pool);
}

/* Whether a window along one side gives so many places of so many that it reads: as the loader lets it pass. */
static inline bool tiny_window_walks(int32_t taps, int32_t stride, int32_t before, int32_t behind, int32_t dilation, int32_t read,
    int32_t given)
{
    int32_t reach = (taps - 1) * dilation + 1;
    int32_t left = read + before + behind - reach;
    return before < reach && behind < reach && left >= 0 && given == left / stride + 1;
}

/* Whether a window's numbers are such as the loader lets pass. */
template <class Array> static inline bool tiny_window_fits(Array &window, int32_t pool)
{
    if (window.GetSize() < TINY_WINDOW || pool < 1 || pool > 255) {
        return false;
    }

    for (int32_t i = 0; i < TINY_WINDOW; i++) {
        bool padding = i >= TINY_ABOVE && i <= TINY_RIGHT;
        if (window[(unsigned int)i] < (padding ? 0 : 1) || window[(unsigned int)i] > (i < TINY_INPUT_HEIGHT ? 255 : 65535 + 510)) {
            return false;
        }
    }

    return tiny_window_walks(window[TINY_HEIGHT], window[TINY_STRIDE_DOWN], window[TINY_ABOVE], window[TINY_BELOW],
        window[TINY_DILATION_DOWN],
               window[TINY_INPUT_HEIGHT], window[TINY_OUTPUT_HEIGHT])
        && tiny_window_walks(window[TINY_WIDTH], window[TINY_STRIDE_ACROSS], window[TINY_LEFT], window[TINY_RIGHT],
            window[TINY_DILATION_ACROSS],
               window[TINY_INPUT_WIDTH], window[TINY_OUTPUT_WIDTH])
        && tiny_window_read(window.GetBuffer()) <= TINY_LARGEST && tiny_window_each(window.GetBuffer()) <= TINY_LARGEST;
}

#endif
