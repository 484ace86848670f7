// Written by tools/Tiny.Kernels; not for editing by hand.
#include "tiny_native_interop.h"
#include "tiny_native_checks.h"
#include "tiny_native.h"

HRESULT Library_Tiny_Native_Tiny_Native_FloatKernels::Dense___STATIC__VOID__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__I4__I4__R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_float weights;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, weights));
        CLR_RT_TypedArray_float biases;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, biases));
        CLR_RT_TypedArray_float z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, z));
        signed int inputs;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 4, inputs));
        signed int rows;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, rows));
        float floor;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 6, floor));
        if (!(tiny_fits(x.GetSize(), 0, inputs)
            && tiny_fits(weights.GetSize(), 0, (int64_t)inputs * rows)
            && tiny_fits(biases.GetSize(), 0, rows)
            && tiny_fits(z.GetSize(), 0, rows)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_dense_f32(x.GetBuffer(), weights.GetBuffer(), biases.GetBuffer(), z.GetBuffer(), inputs, rows, floor);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_FloatKernels::DenseUpdate___STATIC__VOID__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__I4__I4__R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_float dz;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, dz));
        CLR_RT_TypedArray_float weights;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, weights));
        CLR_RT_TypedArray_float biases;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, biases));
        signed int inputs;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 4, inputs));
        signed int rows;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, rows));
        float rate;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 6, rate));
        if (!(tiny_fits(x.GetSize(), 0, inputs)
            && tiny_fits(dz.GetSize(), 0, rows)
            && tiny_fits(weights.GetSize(), 0, (int64_t)inputs * rows)
            && tiny_fits(biases.GetSize(), 0, rows)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_dense_update_f32(x.GetBuffer(), dz.GetBuffer(), weights.GetBuffer(), biases.GetBuffer(), inputs, rows, rate);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_FloatKernels::DenseInputGradient___STATIC__R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__I4__I4__R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float dx;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, dx));
        CLR_RT_TypedArray_float dz;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, dz));
        CLR_RT_TypedArray_float outputs;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, outputs));
        CLR_RT_TypedArray_float weights;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, weights));
        signed int inputs;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 4, inputs));
        signed int rows;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, rows));
        float floor;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 6, floor));
        if (!(tiny_fits(dx.GetSize(), 0, inputs)
            && tiny_fits(dz.GetSize(), 0, rows)
            && tiny_fits(outputs.GetSize(), 0, inputs)
            && tiny_fits(weights.GetSize(), 0, (int64_t)inputs * rows)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        SetResult_float(stack, tiny_dense_input_gradient_f32(dx.GetBuffer(), dz.GetBuffer(), outputs.GetBuffer(), weights.GetBuffer(), inputs, rows, floor));
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_FloatKernels::Normalize___STATIC__I4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float n;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, n));
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, x));
        CLR_RT_TypedArray_float means;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, means));
        CLR_RT_TypedArray_float scales;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, scales));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 4, count));
        if (!(tiny_fits(n.GetSize(), 0, count)
            && tiny_fits(x.GetSize(), 0, count)
            && tiny_fits(means.GetSize(), 0, count)
            && tiny_fits(scales.GetSize(), 0, count)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        SetResult_INT32(stack, tiny_normalize_f32(n.GetBuffer(), x.GetBuffer(), means.GetBuffer(), scales.GetBuffer(), count));
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_FloatKernels::Activate___STATIC__VOID__SZARRAY_R4__I4__R4__I4__SZARRAY_R4__SZARRAY_R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, z));
        signed int activation;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 1, activation));
        float parameter;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 2, parameter));
        signed int rows;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 3, rows));
        CLR_RT_TypedArray_float intercepts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 4, intercepts));
        CLR_RT_TypedArray_float slopes;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 5, slopes));
        if (!(tiny_fits(z.GetSize(), 0, rows)
            && tiny_table_fits(activation, intercepts.GetSize(), slopes.GetSize())))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_activate_f32(z.GetBuffer(), activation, parameter, rows, intercepts.GetBuffer(), slopes.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_FloatKernels::Scale___STATIC__VOID__SZARRAY_R4__R4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float values;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, values));
        float factor;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 1, factor));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, count));
        if (!(tiny_fits(values.GetSize(), 0, count)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_scale_f32(values.GetBuffer(), factor, count);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_FloatKernels::GruStep___STATIC__VOID__SZARRAY_R4__I4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__I4__I4__SZARRAY_R4__SZARRAY_R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        signed int at;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 1, at));
        CLR_RT_TypedArray_float state;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, state));
        CLR_RT_TypedArray_float parameters;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, parameters));
        CLR_RT_TypedArray_float scratch;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 4, scratch));
        signed int units;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, units));
        signed int channels;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 6, channels));
        CLR_RT_TypedArray_float intercepts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 7, intercepts));
        CLR_RT_TypedArray_float slopes;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 8, slopes));
        if (!(tiny_fits(x.GetSize(), at, channels)
            && tiny_fits(state.GetSize(), 0, units)
            && tiny_fits(parameters.GetSize(), 0, (int64_t)units * tiny_gru_each(channels, units))
            && tiny_fits(scratch.GetSize(), 0, 4 * (int64_t)units)
            && tiny_fits(intercepts.GetSize(), 0, 256)
            && tiny_fits(slopes.GetSize(), 0, 256)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_gru_step_f32(x.GetBuffer() + at, state.GetBuffer(), parameters.GetBuffer(), scratch.GetBuffer(), units, channels, intercepts.GetBuffer(), slopes.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_FloatKernels::FastGrnnStep___STATIC__VOID__SZARRAY_R4__I4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__I4__I4__SZARRAY_R4__SZARRAY_R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        signed int at;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 1, at));
        CLR_RT_TypedArray_float state;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, state));
        CLR_RT_TypedArray_float parameters;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, parameters));
        CLR_RT_TypedArray_float scratch;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 4, scratch));
        signed int units;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, units));
        signed int channels;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 6, channels));
        CLR_RT_TypedArray_float intercepts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 7, intercepts));
        CLR_RT_TypedArray_float slopes;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 8, slopes));
        if (!(tiny_fits(x.GetSize(), at, channels)
            && tiny_fits(state.GetSize(), 0, units)
            && tiny_fits(parameters.GetSize(), 0, tiny_fastgrnn_count(channels, units))
            && tiny_fits(scratch.GetSize(), 0, units)
            && tiny_fits(intercepts.GetSize(), 0, 256)
            && tiny_fits(slopes.GetSize(), 0, 256)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_fastgrnn_step_f32(x.GetBuffer() + at, state.GetBuffer(), parameters.GetBuffer(), scratch.GetBuffer(), units, channels, intercepts.GetBuffer(), slopes.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::Levels___STATIC__I4__SZARRAY_R4__SZARRAY_U1__SZARRAY_R4__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_UINT8 levels;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 1, levels));
        CLR_RT_TypedArray_float scaling;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, scaling));
        signed int each;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 3, each));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 4, count));
        if (!(tiny_fits(x.GetSize(), 0, count)
            && tiny_fits(levels.GetSize(), 0, count)
            && tiny_fits(scaling.GetSize(), 0, (each != 0 ? 2 * (int64_t)count : 2))))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        SetResult_INT32(stack, tiny_levels_u8(x.GetBuffer(), levels.GetBuffer(), scaling.GetBuffer(), each, count));
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::RowStarts___STATIC__VOID__SZARRAY_U1__I4__I4__SZARRAY_I4__I4__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_UINT8 blob;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 0, blob));
        signed int biasesAt;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 1, biasesAt));
        signed int weightsAt;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, weightsAt));
        CLR_RT_TypedArray_INT32 starts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 3, starts));
        signed int inputs;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 4, inputs));
        signed int rows;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, rows));
        signed int zero;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 6, zero));
        if (!(tiny_fits(blob.GetSize(), biasesAt, 4 * (int64_t)rows)
            && tiny_fits(blob.GetSize(), weightsAt, (int64_t)inputs * rows)
            && tiny_fits(starts.GetSize(), 0, rows)
            && tiny_is_byte(zero)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_row_starts_s8(blob.GetBuffer() + biasesAt, (const int8_t *)(blob.GetBuffer() + weightsAt), (int32_t *)starts.GetBuffer(), inputs, rows, zero);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::Sums___STATIC__VOID__SZARRAY_U1__SZARRAY_U1__I4__SZARRAY_I4__SZARRAY_I4__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_UINT8 x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_UINT8 blob;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 1, blob));
        signed int weightsAt;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, weightsAt));
        CLR_RT_TypedArray_INT32 starts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 3, starts));
        CLR_RT_TypedArray_INT32 sums;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 4, sums));
        signed int inputs;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, inputs));
        signed int rows;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 6, rows));
        if (!(tiny_fits(x.GetSize(), 0, inputs)
            && tiny_fits(blob.GetSize(), weightsAt, (int64_t)inputs * rows)
            && tiny_fits(starts.GetSize(), 0, rows)
            && tiny_fits(sums.GetSize(), 0, rows)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_dense_s8(x.GetBuffer(), (const int8_t *)(blob.GetBuffer() + weightsAt), (int32_t *)starts.GetBuffer(), (int32_t *)sums.GetBuffer(), inputs, rows);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::Unpack___STATIC__VOID__SZARRAY_I8__SZARRAY_U1__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_INT64 digits;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT64_ARRAY(stack, 0, digits));
        CLR_RT_TypedArray_UINT8 bytes;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 1, bytes));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, count));
        if (!(tiny_fits(digits.GetSize(), 0, ((int64_t)count + 2) / 3)
            && tiny_fits(bytes.GetSize(), 0, ((int64_t)count + 2) / 3 * 3)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_unpack_digits((int64_t *)digits.GetBuffer(), bytes.GetBuffer(), count);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::Pack___STATIC__VOID__SZARRAY_I4__SZARRAY_I8__I4__I4__SZARRAY_U1__SZARRAY_I1(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_INT32 sums;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 0, sums));
        CLR_RT_TypedArray_INT64 digits;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT64_ARRAY(stack, 1, digits));
        signed int rows;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, rows));
        signed int relu;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 3, relu));
        CLR_RT_TypedArray_UINT8 shifts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 4, shifts));
        CLR_RT_TypedArray_INT8 table;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT8_ARRAY(stack, 5, table));
        if (!(tiny_fits(sums.GetSize(), 0, rows)
            && tiny_fits(digits.GetSize(), 0, ((int64_t)rows + 2) / 3)
            && tiny_fits(shifts.GetSize(), 0, (relu != 0 ? 1 : rows))
            && (relu != 0 || table.GetSize() >= 256)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_pack_digits((int32_t *)sums.GetBuffer(), (int64_t *)digits.GetBuffer(), rows, relu, shifts.GetBuffer(), (int8_t *)table.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::ToFloats___STATIC__VOID__SZARRAY_I4__SZARRAY_R4__SZARRAY_R4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_INT32 sums;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 0, sums));
        CLR_RT_TypedArray_float scales;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, scales));
        CLR_RT_TypedArray_float z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, z));
        signed int rows;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 3, rows));
        if (!(tiny_fits(sums.GetSize(), 0, rows)
            && tiny_fits(scales.GetSize(), 0, rows)
            && tiny_fits(z.GetSize(), 0, rows)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_sums_to_f32((int32_t *)sums.GetBuffer(), scales.GetBuffer(), z.GetBuffer(), rows);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::Convolve___STATIC__VOID__SZARRAY_U1__SZARRAY_U1__I4__SZARRAY_I4__SZARRAY_U1__SZARRAY_I4__I4__I4__I4__I4__SZARRAY_U1__SZARRAY_I1__SZARRAY_U1(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_UINT8 x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_UINT8 blob;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 1, blob));
        signed int weightsAt;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, weightsAt));
        CLR_RT_TypedArray_INT32 starts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 3, starts));
        CLR_RT_TypedArray_UINT8 z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 4, z));
        CLR_RT_TypedArray_INT32 window;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 5, window));
        signed int filters;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 6, filters));
        signed int pool;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 7, pool));
        signed int zero;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 8, zero));
        signed int relu;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 9, relu));
        CLR_RT_TypedArray_UINT8 shifts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 10, shifts));
        CLR_RT_TypedArray_INT8 table;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT8_ARRAY(stack, 11, table));
        CLR_RT_TypedArray_UINT8 patch;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 12, patch));
        if (!(tiny_window_fits(window, pool)
            && tiny_fits(x.GetSize(), 0, tiny_window_read(window.GetBuffer()))
            && tiny_fits(blob.GetSize(), weightsAt, tiny_window_each(window.GetBuffer()) * filters)
            && tiny_fits(starts.GetSize(), 0, filters)
            && tiny_fits(z.GetSize(), 0, tiny_window_given(window.GetBuffer(), pool) * filters)
            && tiny_fits(patch.GetSize(), 0, tiny_window_each(window.GetBuffer()))
            && tiny_fits(shifts.GetSize(), 0, (relu != 0 ? 1 : filters))
            && (relu != 0 || table.GetSize() >= 256)
            && tiny_is_byte(zero)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_conv2d_s8(x.GetBuffer(), (const int8_t *)(blob.GetBuffer() + weightsAt), (int32_t *)starts.GetBuffer(), z.GetBuffer(), (int32_t *)window.GetBuffer(), filters, pool, zero, relu, shifts.GetBuffer(), (int8_t *)table.GetBuffer(), patch.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::Depthwise___STATIC__VOID__SZARRAY_U1__SZARRAY_U1__I4__SZARRAY_I4__SZARRAY_U1__SZARRAY_I4__I4__I4__I4__SZARRAY_U1__SZARRAY_I1(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_UINT8 x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_UINT8 blob;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 1, blob));
        signed int weightsAt;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, weightsAt));
        CLR_RT_TypedArray_INT32 starts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 3, starts));
        CLR_RT_TypedArray_UINT8 z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 4, z));
        CLR_RT_TypedArray_INT32 window;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 5, window));
        signed int pool;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 6, pool));
        signed int zero;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 7, zero));
        signed int relu;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 8, relu));
        CLR_RT_TypedArray_UINT8 shifts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 9, shifts));
        CLR_RT_TypedArray_INT8 table;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT8_ARRAY(stack, 10, table));
        if (!(tiny_window_fits(window, pool)
            && tiny_fits(x.GetSize(), 0, tiny_window_read(window.GetBuffer()))
            && tiny_fits(blob.GetSize(), weightsAt, tiny_window_each(window.GetBuffer()))
            && tiny_fits(starts.GetSize(), 0, window[TINY_CHANNELS])
            && tiny_fits(z.GetSize(), 0, tiny_window_given(window.GetBuffer(), pool) * window[TINY_CHANNELS])
            && tiny_fits(shifts.GetSize(), 0, (relu != 0 ? 1 : window[TINY_CHANNELS]))
            && (relu != 0 || table.GetSize() >= 256)
            && tiny_is_byte(zero)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_depthwise_s8(x.GetBuffer(), (const int8_t *)(blob.GetBuffer() + weightsAt), (int32_t *)starts.GetBuffer(), z.GetBuffer(), (int32_t *)window.GetBuffer(), pool, zero, relu, shifts.GetBuffer(), (int8_t *)table.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::Pool___STATIC__VOID__SZARRAY_U1__SZARRAY_U1__SZARRAY_I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_UINT8 x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_UINT8 z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 1, z));
        CLR_RT_TypedArray_INT32 window;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 2, window));
        signed int largest;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 3, largest));
        if (!(tiny_window_fits(window, 1)
            && tiny_fits(x.GetSize(), 0, tiny_window_read(window.GetBuffer()))
            && tiny_fits(z.GetSize(), 0, tiny_window_given(window.GetBuffer(), 1) * window[TINY_CHANNELS])))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_pool_u8(x.GetBuffer(), z.GetBuffer(), (int32_t *)window.GetBuffer(), largest);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::MeanDigits___STATIC__VOID__SZARRAY_U1__SZARRAY_I8__I4__I4__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_UINT8 x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_INT64 digits;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT64_ARRAY(stack, 1, digits));
        signed int places;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, places));
        signed int channels;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 3, channels));
        signed int zero;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 4, zero));
        signed int factor;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, factor));
        if (!(tiny_fits(x.GetSize(), 0, (int64_t)places * channels)
            && tiny_fits(digits.GetSize(), 0, ((int64_t)channels + 2) / 3)
            && tiny_is_byte(zero)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_mean_digits(x.GetBuffer(), (int64_t *)digits.GetBuffer(), places, channels, zero, factor);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::MeanFloats___STATIC__VOID__SZARRAY_U1__SZARRAY_R4__I4__I4__I4__R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_UINT8 x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_float z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, z));
        signed int places;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, places));
        signed int channels;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 3, channels));
        signed int zero;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 4, zero));
        float scale;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 5, scale));
        if (!(tiny_fits(x.GetSize(), 0, (int64_t)places * channels)
            && tiny_fits(z.GetSize(), 0, channels)
            && tiny_is_byte(zero)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_mean_f32(x.GetBuffer(), z.GetBuffer(), places, channels, zero, scale);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_Int8Kernels::PackBytes___STATIC__VOID__SZARRAY_U1__SZARRAY_I8__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_UINT8 x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_INT64 digits;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT64_ARRAY(stack, 1, digits));
        signed int longs;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, longs));
        signed int zero;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 3, zero));
        if (!(tiny_fits(x.GetSize(), 0, 3 * (int64_t)longs)
            && tiny_fits(digits.GetSize(), 0, longs)
            && tiny_is_byte(zero)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_pack_bytes(x.GetBuffer(), (int64_t *)digits.GetBuffer(), longs, zero);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_SignalKernels::Range___STATIC__VOID__SZARRAY_R4__I4__I4__SZARRAY_R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float ring;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, ring));
        signed int oldest;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 1, oldest));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, count));
        CLR_RT_TypedArray_float values;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, values));
        if (!(tiny_fits(ring.GetSize(), 0, count)
            && (oldest >= 0 && oldest < count)
            && tiny_fits(values.GetSize(), 0, 4)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_window_range_f32(ring.GetBuffer(), oldest, count, values.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_SignalKernels::Deviation___STATIC__R4__SZARRAY_R4__I4__I4__R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float ring;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, ring));
        signed int oldest;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 1, oldest));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, count));
        float mean;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 3, mean));
        if (!(tiny_fits(ring.GetSize(), 0, count)
            && (oldest >= 0 && oldest < count)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        SetResult_float(stack, tiny_window_deviation_f32(ring.GetBuffer(), oldest, count, mean));
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_SignalKernels::Crossings___STATIC__R4__SZARRAY_R4__I4__I4__R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float ring;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, ring));
        signed int oldest;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 1, oldest));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, count));
        float mean;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 3, mean));
        if (!(tiny_fits(ring.GetSize(), 0, count)
            && (oldest >= 0 && oldest < count)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        SetResult_float(stack, tiny_window_crossings_f32(ring.GetBuffer(), oldest, count, mean));
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_SignalKernels::Band___STATIC__R4__SZARRAY_R4__I4__I4__R4__R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float ring;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, ring));
        signed int oldest;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 1, oldest));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, count));
        float mean;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 3, mean));
        float coefficient;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 4, coefficient));
        if (!(tiny_fits(ring.GetSize(), 0, count)
            && (oldest >= 0 && oldest < count)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        SetResult_float(stack, tiny_goertzel_f32(ring.GetBuffer(), oldest, count, mean, coefficient));
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_SignalKernels::Fourier___STATIC__I4__SZARRAY_R4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float values;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, values));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 1, count));
        if (!(tiny_fits(values.GetSize(), 0, 2 * (int64_t)count)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        SetResult_INT32(stack, tiny_fft_f32(values.GetBuffer(), count));
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_SparseKernels::Rows___STATIC__I4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_U2__SZARRAY_U2__I4__I4__R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_float z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, z));
        CLR_RT_TypedArray_float biases;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, biases));
        CLR_RT_TypedArray_float weights;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, weights));
        CLR_RT_TypedArray_UINT16 inputs;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT16_ARRAY(stack, 4, inputs));
        CLR_RT_TypedArray_UINT16 counts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT16_ARRAY(stack, 5, counts));
        signed int rows;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 6, rows));
        signed int values;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 7, values));
        float floor;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 8, floor));
        if (!(tiny_fits(x.GetSize(), 0, values)
            && tiny_fits(z.GetSize(), 0, rows)
            && tiny_fits(biases.GetSize(), 0, rows)
            && tiny_fits(counts.GetSize(), 0, rows)
            && tiny_sparse_fits(inputs.GetBuffer(), tiny_least(inputs.GetSize(), weights.GetSize()), counts.GetBuffer(), rows, values) != 0))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        SetResult_INT32(stack, tiny_sparse_f32(x.GetBuffer(), z.GetBuffer(), biases.GetBuffer(), weights.GetBuffer(), inputs.GetBuffer(), counts.GetBuffer(), rows, floor));
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_SparseKernels::NormalizeUsed___STATIC__I4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_U2__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float n;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, n));
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, x));
        CLR_RT_TypedArray_float means;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, means));
        CLR_RT_TypedArray_float scales;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, scales));
        CLR_RT_TypedArray_UINT16 used;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT16_ARRAY(stack, 4, used));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, count));
        signed int values;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 6, values));
        if (!(tiny_fits(n.GetSize(), 0, values)
            && tiny_fits(x.GetSize(), 0, values)
            && tiny_fits(means.GetSize(), 0, values)
            && tiny_fits(scales.GetSize(), 0, values)
            && tiny_fits(used.GetSize(), 0, count)
            && tiny_indices_fit(used.GetBuffer(), count, values) != 0))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        SetResult_INT32(stack, tiny_normalize_used_f32(n.GetBuffer(), x.GetBuffer(), means.GetBuffer(), scales.GetBuffer(), used.GetBuffer(), count));
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_SparseKernels::Groups___STATIC__VOID__SZARRAY_U1__SZARRAY_I1__SZARRAY_U2__SZARRAY_U2__SZARRAY_I4__SZARRAY_I4__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_UINT8 x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_INT8 weights;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT8_ARRAY(stack, 1, weights));
        CLR_RT_TypedArray_UINT16 inputs;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT16_ARRAY(stack, 2, inputs));
        CLR_RT_TypedArray_UINT16 counts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT16_ARRAY(stack, 3, counts));
        CLR_RT_TypedArray_INT32 starts;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 4, starts));
        CLR_RT_TypedArray_INT32 sums;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 5, sums));
        signed int groups;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 6, groups));
        signed int values;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 7, values));
        if (!(tiny_fits(x.GetSize(), 0, values)
            && tiny_fits(counts.GetSize(), 0, groups)
            && tiny_fits(starts.GetSize(), 0, 3 * (int64_t)groups)
            && tiny_fits(sums.GetSize(), 0, 3 * (int64_t)groups)
            && tiny_sparse_fits(inputs.GetBuffer(), tiny_least(inputs.GetSize(), weights.GetSize() / 3), counts.GetBuffer(), groups, values) != 0))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_sparse_s8(x.GetBuffer(), (int8_t *)weights.GetBuffer(), inputs.GetBuffer(), counts.GetBuffer(), (int32_t *)starts.GetBuffer(), (int32_t *)sums.GetBuffer(), groups);
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_SparseKernels::LevelsUsed___STATIC__I4__SZARRAY_R4__SZARRAY_U1__SZARRAY_R4__I4__SZARRAY_U2__I4__I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_UINT8 levels;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT8_ARRAY(stack, 1, levels));
        CLR_RT_TypedArray_float scaling;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, scaling));
        signed int each;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 3, each));
        CLR_RT_TypedArray_UINT16 used;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_UINT16_ARRAY(stack, 4, used));
        signed int count;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, count));
        signed int values;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 6, values));
        if (!(tiny_fits(x.GetSize(), 0, values)
            && tiny_fits(levels.GetSize(), 0, values)
            && tiny_fits(scaling.GetSize(), 0, (each != 0 ? 2 * (int64_t)values : 2))
            && tiny_fits(used.GetSize(), 0, count)
            && tiny_indices_fit(used.GetBuffer(), count, values) != 0))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        SetResult_INT32(stack, tiny_levels_used_u8(x.GetBuffer(), levels.GetBuffer(), scaling.GetBuffer(), each, used.GetBuffer(), count));
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_WindowKernels::Convolution___STATIC__VOID__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_I4__I4__R4__SZARRAY_R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_float weights;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, weights));
        CLR_RT_TypedArray_float biases;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, biases));
        CLR_RT_TypedArray_float z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, z));
        CLR_RT_TypedArray_INT32 window;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 4, window));
        signed int filters;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 5, filters));
        float floor;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 6, floor));
        CLR_RT_TypedArray_float patch;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 7, patch));
        if (!(tiny_window_fits(window, 1)
            && tiny_fits(x.GetSize(), 0, tiny_window_read(window.GetBuffer()))
            && tiny_fits(biases.GetSize(), 0, filters)
            && tiny_fits(weights.GetSize(), 0, tiny_window_each(window.GetBuffer()) * filters)
            && tiny_fits(z.GetSize(), 0, tiny_window_given(window.GetBuffer(), 1) * filters)
            && tiny_fits(patch.GetSize(), 0, tiny_window_each(window.GetBuffer()))))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_conv2d_f32(x.GetBuffer(), weights.GetBuffer(), biases.GetBuffer(), z.GetBuffer(), (int32_t *)window.GetBuffer(), filters, floor, patch.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_WindowKernels::DepthwiseConvolution___STATIC__VOID__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_R4__SZARRAY_I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_float weights;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, weights));
        CLR_RT_TypedArray_float biases;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 2, biases));
        CLR_RT_TypedArray_float z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 3, z));
        CLR_RT_TypedArray_INT32 window;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 4, window));
        if (!(tiny_window_fits(window, 1)
            && tiny_fits(x.GetSize(), 0, tiny_window_read(window.GetBuffer()))
            && tiny_fits(weights.GetSize(), 0, tiny_window_each(window.GetBuffer()))
            && tiny_fits(biases.GetSize(), 0, window[TINY_CHANNELS])
            && tiny_fits(z.GetSize(), 0, tiny_window_given(window.GetBuffer(), 1) * window[TINY_CHANNELS])))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_depthwise_f32(x.GetBuffer(), weights.GetBuffer(), biases.GetBuffer(), z.GetBuffer(), (int32_t *)window.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_WindowKernels::MaxPooling___STATIC__VOID__SZARRAY_R4__SZARRAY_R4__SZARRAY_I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_float z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, z));
        CLR_RT_TypedArray_INT32 window;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 2, window));
        if (!(tiny_window_fits(window, 1)
            && tiny_fits(x.GetSize(), 0, tiny_window_read(window.GetBuffer()))
            && tiny_fits(z.GetSize(), 0, tiny_window_given(window.GetBuffer(), 1) * window[TINY_CHANNELS])))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_max_pool_f32(x.GetBuffer(), z.GetBuffer(), (int32_t *)window.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_WindowKernels::AveragePooling___STATIC__VOID__SZARRAY_R4__SZARRAY_R4__SZARRAY_I4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_float z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, z));
        CLR_RT_TypedArray_INT32 window;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32_ARRAY(stack, 2, window));
        if (!(tiny_window_fits(window, 1)
            && tiny_fits(x.GetSize(), 0, tiny_window_read(window.GetBuffer()))
            && tiny_fits(z.GetSize(), 0, tiny_window_given(window.GetBuffer(), 1) * window[TINY_CHANNELS])))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_average_pool_f32(x.GetBuffer(), z.GetBuffer(), (int32_t *)window.GetBuffer());
    }
    NANOCLR_NOCLEANUP();
}

HRESULT Library_Tiny_Native_Tiny_Native_WindowKernels::GlobalAverage___STATIC__VOID__SZARRAY_R4__SZARRAY_R4__I4__I4__R4(CLR_RT_StackFrame &stack)
{
    NANOCLR_HEADER();
    {
        CLR_RT_TypedArray_float x;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 0, x));
        CLR_RT_TypedArray_float z;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float_ARRAY(stack, 1, z));
        signed int places;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 2, places));
        signed int channels;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_INT32(stack, 3, channels));
        float factor;
        NANOCLR_CHECK_HRESULT(Interop_Marshal_float(stack, 4, factor));
        if (!(tiny_fits(x.GetSize(), 0, (int64_t)places * channels)
            && tiny_fits(z.GetSize(), 0, channels)))
        {
            NANOCLR_SET_AND_LEAVE(CLR_E_OUT_OF_RANGE);
        }

        tiny_global_average_f32(x.GetBuffer(), z.GetBuffer(), places, channels, factor);
    }
    NANOCLR_NOCLEANUP();
}
