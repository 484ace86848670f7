#ifndef TINY_TABLE_H
#define TINY_TABLE_H

#include <stdint.h>

/* Sigmoid and tanh by the pieces of SigmoidTable, and as it has them beyond its range. */
#define TABLE_RANGE 10.666f
#define PIECES_PER_UNIT 12.0f
#define TABLE_MIDDLE 128.0f

static inline float tiny_table_sigmoid(float x, const float *intercepts, const float *slopes)
{
    if (x < TABLE_RANGE) {
        if (x > -TABLE_RANGE) {
            int32_t piece = (int32_t)(x * PIECES_PER_UNIT + TABLE_MIDDLE);
            return intercepts[piece] + x * slopes[piece];
        }

        return 0.0f;
    }

    return TABLE_RANGE <= x ? 1.0f : x;
}

static inline float tiny_table_tanh(float x, const float *intercepts, const float *slopes)
{
    x = x + x;
    if (x < TABLE_RANGE) {
        if (x > -TABLE_RANGE) {
            int32_t piece = (int32_t)(x * PIECES_PER_UNIT + TABLE_MIDDLE);
            return 2.0f * (intercepts[piece] + x * slopes[piece]) - 1.0f;
        }

        return -1.0f;
    }

    return TABLE_RANGE <= x ? 1.0f : x;
}

#endif
