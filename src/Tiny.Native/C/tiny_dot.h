/*
 * Sums of products of bytes and int8 weights: the inner loops of all int8 layers. Whole numbers have no rounding, so every way of summing
 * gives the same.
 *
 * On a core with Arm's DSP extension (Cortex-M4, M7, M33) two multiply-accumulates are one SMLAD. TINY_NO_DSP leaves that out;
 * TINY_PLAIN_DSP puts plain C in the place of the three instructions, so that a host's sanitizers see what the loops read.
 */
#ifndef TINY_DOT_H
#define TINY_DOT_H

#include <stdint.h>
#include <string.h>

#if !defined(TINY_NO_DSP) && (defined(TINY_PLAIN_DSP) || defined(__ARM_FEATURE_DSP))
#define TINY_DSP 1
#else
#define TINY_DSP 0
#endif

#if TINY_DSP

/* Four bytes, wherever they stand: one load where the core may load across words. */
static inline uint32_t tiny_word(const void *at)
{
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

#if defined(TINY_PLAIN_DSP)

static inline uint32_t tiny_low_signed(uint32_t word)
{
    return ((uint32_t)(int8_t)(word & 0xFFu) & 0xFFFFu) | ((uint32_t)(int8_t)((word >> 16) & 0xFFu) << 16);
}

static inline uint32_t tiny_low(uint32_t word)
{
    return word & 0x00FF00FFu;
}

static inline uint32_t tiny_high_signed(uint32_t word)
{
    return tiny_low_signed(word >> 8);
}

static inline uint32_t tiny_high(uint32_t word)
{
    return tiny_low(word >> 8);
}

static inline int32_t tiny_two(uint32_t a, uint32_t b, int32_t sum)
{
    return sum + (int16_t)(a & 0xFFFFu) * (int16_t)(b & 0xFFFFu) + (int16_t)(a >> 16) * (int16_t)(b >> 16);
}

#else

/* Bytes 0 and 2 of a word as two halves, or bytes 1 and 3. */
static inline uint32_t tiny_low_signed(uint32_t word)
{
    uint32_t halves;
    __asm__("sxtb16 %0, %1" : "=r"(halves) : "r"(word));
    return halves;
}

static inline uint32_t tiny_high_signed(uint32_t word)
{
    uint32_t halves;
    __asm__("sxtb16 %0, %1, ror #8" : "=r"(halves) : "r"(word));
    return halves;
}

static inline uint32_t tiny_low(uint32_t word)
{
    uint32_t halves;
    __asm__("uxtb16 %0, %1" : "=r"(halves) : "r"(word));
    return halves;
}

static inline uint32_t tiny_high(uint32_t word)
{
    uint32_t halves;
    __asm__("uxtb16 %0, %1, ror #8" : "=r"(halves) : "r"(word));
    return halves;
}

static inline int32_t tiny_two(uint32_t a, uint32_t b, int32_t sum)
{
    int32_t result;
    __asm__("smlad %0, %1, %2, %3" : "=r"(result) : "r"(a), "r"(b), "r"(sum));
    return result;
}

#endif
#endif

/* sums[0] += x . first, sums[1] += x . second; the bytes of x are unsigned, the weights signed. */
static inline void tiny_two_rows(const uint8_t *x, const int8_t *first, const int8_t *second, int32_t count, int32_t *sums)
{
    int32_t a = sums[0];
    int32_t b = sums[1];
    const uint8_t *end = x + (count & ~3);
    while (x != end) {
#if TINY_DSP
        uint32_t word = tiny_word(x);
        uint32_t low = tiny_low(word);
        uint32_t high = tiny_high(word);
        word = tiny_word(first);
        a = tiny_two(low, tiny_low_signed(word), a);
        a = tiny_two(high, tiny_high_signed(word), a);
        word = tiny_word(second);
        b = tiny_two(low, tiny_low_signed(word), b);
        b = tiny_two(high, tiny_high_signed(word), b);
#else
        for (int32_t k = 0; k < 4; k++) {
            int32_t value = x[k];
            a += first[k] * value;
            b += second[k] * value;
        }
#endif
        x += 4;
        first += 4;
        second += 4;
    }

    for (end += count & 3; x != end; x++) {
        int32_t value = *x;
        a += *first++ * value;
        b += *second++ * value;
    }

    sums[0] = a;
    sums[1] = b;
}

/* sum + x . weights. */
static inline int32_t tiny_one_row(const uint8_t *x, const int8_t *weights, int32_t count, int32_t sum)
{
    const uint8_t *end = x + (count & ~3);
    while (x != end) {
#if TINY_DSP
        uint32_t bytes = tiny_word(x);
        uint32_t word = tiny_word(weights);
        sum = tiny_two(tiny_low(bytes), tiny_low_signed(word), sum);
        sum = tiny_two(tiny_high(bytes), tiny_high_signed(word), sum);
#else
        for (int32_t k = 0; k < 4; k++) {
            sum += weights[k] * x[k];
        }
#endif
        x += 4;
        weights += 4;
    }

    for (end += count & 3; x != end; x++) {
        sum += *weights++ * *x;
    }

    return sum;
}

#endif
