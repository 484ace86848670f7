/*
 * The firmware's checks of arguments, tried with sizes and offsets that are drawn. Where a native method takes a call, each of its arrays is made as short as it
 * takes it, the others as they are: there it runs with nothing beyond the ends, and with one element less it refuses. Then its numbers are changed one by one, to
 * the ends of what numbers there are. The address and undefined behavior sanitizers stop at the first touch outside.
 */
#include "../../../../src/Tiny.Native/Firmware/tiny_native_table.cpp"
#include "tiny_native.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGE 4096u
#define LEAST 5

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint32_t x = a * 0x9E3779B1u ^ b * 0x85EBCA77u;
    x ^= x >> 15;
    x *= 0x2C1B3C6Du;
    return x ^ (x >> 13);
}

/* From one number to another, both included. */
static int32_t drawn(uint32_t seed, uint32_t what, int32_t least, int32_t most)
{
    return least + static_cast<int32_t>(mix(seed, what) % static_cast<uint32_t>(most - least + 1));
}

Argument &CLR_RT_StackFrame::number(unsigned int index)
{
    while (arguments.size() <= index) {
        static const int32_t odd[] = { 64, 128, 256, 0, -1, 255, 256, 65536 };
        uint32_t own = mix(seed, static_cast<uint32_t>(arguments.size()));
        int32_t value = own % 5u == 0u ? odd[(own >> 8) % 8u] : drawn(own, 1u, 1, 9);
        Argument one = { 0, false, 0u, value, own, NULL };
        arguments.push_back(one);
    }

    return arguments[index];
}

/* A window as the loader lets pass; of now and then one any number. */
static void draw_window(int32_t *window, uint32_t seed)
{
    for (uint32_t i = 0u; i < TINY_WINDOW; i++) {
        window[i] = drawn(seed, i, i >= TINY_ABOVE && i <= TINY_RIGHT ? 0 : 1, i >= TINY_INPUT_HEIGHT ? 9 : i >= TINY_ABOVE ? 2 : 4);
    }

    int32_t high = (window[TINY_HEIGHT] - 1) * window[TINY_DILATION_DOWN] + 1;
    int32_t wide = (window[TINY_WIDTH] - 1) * window[TINY_DILATION_ACROSS] + 1;
    for (uint32_t i = TINY_ABOVE; i <= TINY_RIGHT; i++) {
        window[i] %= i == TINY_ABOVE || i == TINY_BELOW ? high : wide;
    }

    int32_t rows = window[TINY_INPUT_HEIGHT] + window[TINY_ABOVE] + window[TINY_BELOW] - high;
    int32_t columns = window[TINY_INPUT_WIDTH] + window[TINY_LEFT] + window[TINY_RIGHT] - wide;
    window[TINY_PADDED_WIDTH] = window[TINY_INPUT_WIDTH] + window[TINY_LEFT] + window[TINY_RIGHT];
    window[TINY_OUTPUT_HEIGHT] = rows < 0 ? 1 : rows / window[TINY_STRIDE_DOWN] + 1;
    window[TINY_OUTPUT_WIDTH] = columns < 0 ? 1 : columns / window[TINY_STRIDE_ACROSS] + 1;
    if (mix(seed, 77u) % 4u == 0u) {
        window[mix(seed, 78u) % TINY_WINDOW] = drawn(seed, 79u, -1, 300);
    }
}

/* What an array holds is the same however long it is: small numbers, as shifts and indices may be. */
static void fill(Argument &one)
{
    for (uint32_t i = 0u; i < one.size; i++) {
        if (one.is_float) {
            static_cast<float *>(one.block)[i] = static_cast<float>(drawn(one.seed, i, -4000, 4000)) / 256.0f;
        } else if (one.element == 1) {
            static_cast<uint8_t *>(one.block)[i] = static_cast<uint8_t>(drawn(one.seed, i, 0, 30));
        } else if (one.element == 2) {
            static_cast<uint16_t *>(one.block)[i] = static_cast<uint16_t>(drawn(one.seed, i, 0, 3));
        } else if (one.element == 4) {
            static_cast<int32_t *>(one.block)[i] = drawn(one.seed, i, -9999, 9999);
        } else {
            static_cast<int64_t *>(one.block)[i] = drawn(one.seed, i, -9999, 9999);
        }
    }

    if (one.element == 4 && !one.is_float && one.size >= TINY_WINDOW) {
        draw_window(static_cast<int32_t *>(one.block), one.seed);
    }
}

void *CLR_RT_StackFrame::array(unsigned int index, size_t element, bool is_float, unsigned int &size)
{
    Argument &one = number(index);
    if (one.element == 0) {
        one.element = element;
        one.is_float = is_float;
        one.size = LARGE;
    }

    size = one.size;
    one.block = malloc(one.size * element);
    fill(one);
    return one.block;
}

void CLR_RT_StackFrame::release()
{
    for (size_t i = 0; i < arguments.size(); i++) {
        free(arguments[i].block);
        arguments[i].block = NULL;
    }
}

static bool takes(CLR_RT_MethodHandler method, CLR_RT_StackFrame &frame)
{
    HRESULT result = method(frame);
    frame.release();
    return result == S_OK;
}

/* The array becomes as short as the method takes it. */
static void shorten(CLR_RT_MethodHandler method, CLR_RT_StackFrame &frame, size_t index)
{
    unsigned int refused = 0u;
    unsigned int taken = frame.arguments[index].size;
    frame.arguments[index].size = 0u;
    if (takes(method, frame)) {
        return;
    }

    while (taken - refused > 1u) {
        unsigned int middle = refused + (taken - refused) / 2u;
        frame.arguments[index].size = middle;
        *(takes(method, frame) ? &taken : &refused) = middle;
    }

    frame.arguments[index].size = taken;
}

static int try_numbers(CLR_RT_MethodHandler method, CLR_RT_StackFrame &frame, size_t index)
{
    int32_t was = frame.arguments[index].number;
    const int32_t others[] = { was + 1, was - 1, 2 * was, 0, -1, 65535, 65536, 1 << 24, 1 << 30, INT_MAX, INT_MIN, INT_MIN + 1 };
    int refused = 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        frame.arguments[index].number = others[i];
        refused += takes(method, frame) ? 0 : 1;
    }

    frame.arguments[index].number = was;
    return refused;
}

int main(int argc, char **argv)
{
    const size_t count = sizeof method_lookup / sizeof *method_lookup;
    std::vector<int> taken(count);
    std::vector<int> refused(count);
    long rounds = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
    for (long round = 0; round < rounds * static_cast<long>(count); round++) {
        size_t at = static_cast<size_t>(round) % count;
        CLR_RT_StackFrame frame;
        frame.seed = static_cast<uint32_t>(round);
        if (!takes(method_lookup[at], frame)) {
            refused[at]++;
            continue;
        }

        taken[at]++;
        for (size_t i = 0; i < frame.arguments.size(); i++) {
            if (frame.arguments[i].element != 0) {
                shorten(method_lookup[at], frame, i);
            }
        }

        for (size_t i = 0; i < frame.arguments.size(); i++) {
            if (frame.arguments[i].element == 0) {
                refused[at] += try_numbers(method_lookup[at], frame, i);
            }
        }
    }

    int status = 0;
    for (size_t i = 0; i < count; i++) {
        if (taken[i] < LEAST || refused[i] < LEAST) {
            printf("Native method %zu of the table: %d calls were taken and %d refused, of each there should be %d.\n", i, taken[i], refused[i], LEAST);
            status = 1;
        }
    }

    printf("%zu native methods, %ld calls each\n", count, rounds);
    return status;
}
