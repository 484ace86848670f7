#include "tiny_native.h"
#include <string.h>

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

/* The values under a window, taps row by row; 0 beyond the edges. */
static void gather(const float *x, const int32_t *window, int32_t row, int32_t column, float *patch)
{
    int32_t channels = window[TINY_CHANNELS];
    int32_t top = row * window[TINY_STRIDE_DOWN] - window[TINY_ABOVE];
    int32_t left = column * window[TINY_STRIDE_ACROSS] - window[TINY_LEFT];
    int32_t width = window[TINY_WIDTH];
    size_t bytes = (size_t)channels * sizeof(float);
    int32_t from;
    int32_t to;
    inside(left, width, window[TINY_DILATION_ACROSS], window[TINY_INPUT_WIDTH], &from, &to);
    for (int32_t i = 0; i < window[TINY_HEIGHT]; i++) {
        int32_t y = top + i * window[TINY_DILATION_DOWN];
        if (y < 0 || y >= window[TINY_INPUT_HEIGHT]) {
            memset(patch, 0, (size_t)width * bytes);
            patch += width * channels;
            continue;
        }

        const float *line = x + y * window[TINY_INPUT_WIDTH] * channels;
        memset(patch, 0, (size_t)from * bytes);
        for (int32_t j = from; j < to; j++) {
            memcpy(patch + j * channels, line + (left + j * window[TINY_DILATION_ACROSS]) * channels, bytes);
        }

        memset(patch + to * channels, 0, (size_t)(width - to) * bytes);
        patch += width * channels;
    }
}

void tiny_conv2d_f32(const float *x, const float *weights, const float *biases, float *z, const int32_t *window, int32_t filters,
    float floor, float *patch)
{
    int32_t each = window[TINY_HEIGHT] * window[TINY_WIDTH] * window[TINY_CHANNELS];
    for (int32_t row = 0; row < window[TINY_OUTPUT_HEIGHT]; row++) {
        for (int32_t column = 0; column < window[TINY_OUTPUT_WIDTH]; column++) {
            gather(x, window, row, column, patch);
            tiny_dense_f32(patch, weights, biases, z, each, filters, floor);
            z += filters;
        }
    }
}

void tiny_depthwise_f32(const float *x, const float *weights, const float *biases, float *z, const int32_t *window)
{
    int32_t channels = window[TINY_CHANNELS];
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
            for (int32_t channel = 0; channel < channels; channel++) {
                /* What is beyond the edges would add a 0 to a sum that is never -0. */
                float sum = biases[channel];
                for (int32_t i = above; i < below; i++) {
                    const float *w = weights + i * window[TINY_WIDTH] * channels + channel;
                    const float *line = x + ((top + i * window[TINY_DILATION_DOWN]) * window[TINY_INPUT_WIDTH] + left) * channels + channel;
                    for (int32_t j = from; j < to; j++) {
                        sum = sum + w[j * channels] * line[j * window[TINY_DILATION_ACROSS] * channels];
                    }
                }

                z[channel] = sum;
            }

            z += channels;
        }
    }
}

/* Goes through the taps of every place within the edges: the largest value, or the mean. */
static void pool(const float *x, float *z, const int32_t *window, int32_t largest)
{
    int32_t channels = window[TINY_CHANNELS];
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
            float factor = taps == 0 ? 0.0f : 1.0f / (float)taps;
            for (int32_t channel = 0; channel < channels; channel++) {
                float best = 0.0f;
                float sum = 0.0f;
                int32_t first = 1;
                for (int32_t i = above; i < below; i++) {
                    for (int32_t j = from; j < to; j++) {
                        int32_t place = (top + i * window[TINY_DILATION_DOWN]) * window[TINY_INPUT_WIDTH] + left
                            + j * window[TINY_DILATION_ACROSS];
                        float value = x[place * channels + channel];
                        sum = sum + value;
                        if (first != 0 || value > best) {
                            best = value;
                        }

                        first = 0;
                    }
                }

                z[channel] = largest != 0 ? best : sum * factor;
            }

            z += channels;
        }
    }
}

void tiny_max_pool_f32(const float *x, float *z, const int32_t *window)
{
    pool(x, z, window, 1);
}

void tiny_average_pool_f32(const float *x, float *z, const int32_t *window)
{
    pool(x, z, window, 0);
}

void tiny_global_average_f32(const float *x, float *z, int32_t places, int32_t channels, float factor)
{
    for (int32_t channel = 0; channel < channels; channel++) {
        float sum = 0.0f;
        for (int32_t place = 0; place < places; place++) {
            sum = sum + x[place * channels + channel];
        }

        z[channel] = sum * factor;
    }
}
