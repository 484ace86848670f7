#include "tiny_native.h"
#include "tiny_table.h"

/* The sum of two rows that begin with their biases: over the sample, then over the state.
   One row alone stands in the same place twice. */
static void two_rows(const float *first, const float *second, const float *x, int32_t channels, const float *state, int32_t units, float *z)
{
    float a = *first++;
    float b = *second++;
    for (int32_t i = 0; i < channels; i++) {
        float value = x[i];
        a = a + first[i] * value;
        b = b + second[i] * value;
    }

    first += channels;
    second += channels;
    int32_t i = 0;
    for (; i + 4 <= units; i += 4) {
        float s0 = state[i];
        float s1 = state[i + 1];
        float s2 = state[i + 2];
        float s3 = state[i + 3];
        a = a + first[i] * s0;
        b = b + second[i] * s0;
        a = a + first[i + 1] * s1;
        b = b + second[i + 1] * s1;
        a = a + first[i + 2] * s2;
        b = b + second[i + 2] * s2;
        a = a + first[i + 3] * s3;
        b = b + second[i + 3] * s3;
    }

    for (; i < units; i++) {
        float value = state[i];
        a = a + first[i] * value;
        b = b + second[i] * value;
    }

    /* The second may be the first again: then z[1] is not there, and z[0] the same. */
    z[0] = a;
    if (first != second) {
        z[1] = b;
    }
}

/* The sums of rows over the sample and the state, channels or units being 0 where a row has none. */
static const float *all_rows(const float *parameters, const float *x, int32_t channels, const float *state, int32_t units, float *z,
    int32_t rows)
{
    int32_t each = 1 + channels + units;
    for (int32_t row = 0; row < rows; row += 2) {
        int32_t second = row + 1 < rows ? each : 0;
        two_rows(parameters, parameters + second, x, channels, state, units, z + row);
        parameters += each + second;
    }

    return parameters;
}

void tiny_gru_step_f32(const float *x, float *state, const float *parameters, float *scratch, int32_t units, int32_t channels,
    const float *intercepts, const float *slopes)
{
    float *gates = scratch;
    float *of_sample = gates + 2 * units;
    float *of_state = of_sample + units;
    parameters = all_rows(parameters, x, channels, state, units, gates, 2 * units);
    parameters = all_rows(parameters, x, channels, state, 0, of_sample, units);
    all_rows(parameters, x, 0, state, units, of_state, units);
    for (int32_t j = 0; j < units; j++) {
        float reset = tiny_table_sigmoid(gates[units + j], intercepts, slopes);
        float candidate = tiny_table_tanh(of_sample[j] + reset * of_state[j], intercepts, slopes);
        float update = tiny_table_sigmoid(gates[j], intercepts, slopes);
        state[j] = candidate + (state[j] - candidate) * update;
    }
}

void tiny_fastgrnn_step_f32(const float *x, float *state, const float *parameters, float *scratch, int32_t units, int32_t channels,
    const float *intercepts, const float *slopes)
{
    const float *offsets = all_rows(parameters, x, channels, state, units, scratch, units);
    float zeta = offsets[units];
    float most = zeta + offsets[units + 1];
    for (int32_t j = 0; j < units; j++) {
        float gate = tiny_table_sigmoid(scratch[j], intercepts, slopes);
        float candidate = tiny_table_tanh(scratch[j] + offsets[j], intercepts, slopes);
        state[j] = most * candidate + (state[j] - zeta * candidate) * gate;
    }
}
