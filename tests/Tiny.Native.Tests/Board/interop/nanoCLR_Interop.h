/*
 * What src/Tiny.Native/Firmware asks of nanoFramework's runtime, for the host: the names by which a native method takes its arguments off a
 * stack frame. Here a
 * frame draws them. Every array is a block of its own, as long as it says and no longer, so that the address sanitizer stops at the first
 * byte beyond.
 */
#ifndef NANOCLR_INTEROP_H
#define NANOCLR_INTEROP_H

#include <stddef.h>
#include <stdint.h>
#include <vector>

typedef int32_t HRESULT;
#define S_OK 0
#define CLR_E_OUT_OF_RANGE (-1)

/* An argument: an array of so many elements, or a number. */
struct Argument
{
    size_t element; /* bytes of an element; 0 for a number */
    bool is_float;
    unsigned int size;
    int32_t number;
    uint32_t seed;
    void *block;
};

struct CLR_RT_StackFrame
{
    uint32_t seed;
    std::vector<Argument> arguments;

    Argument &number(unsigned int index);
    void *array(unsigned int index, size_t element, bool is_float, unsigned int &size);
    void release();
};

typedef HRESULT (*CLR_RT_MethodHandler)(CLR_RT_StackFrame &stack);

struct CLR_RT_NativeAssemblyData
{
    const char *name;
    uint32_t checksum;
    const CLR_RT_MethodHandler *methods;
    struct
    {
        uint16_t major, minor, build, revision;
    } version;
};

template <class Element> class Array
{
  public:
    Element *data;
    unsigned int size;

    Array() : data(NULL), size(0)
    {
    }

    unsigned int GetSize() const
    {
        return size;
    }

    Element *GetBuffer()
    {
        return data;
    }

    Element &operator[](unsigned int index)
    {
        return data[index];
    }
};

typedef Array<float> CLR_RT_TypedArray_float;
typedef Array<int8_t> CLR_RT_TypedArray_INT8;
typedef Array<uint8_t> CLR_RT_TypedArray_UINT8;
typedef Array<uint16_t> CLR_RT_TypedArray_UINT16;
typedef Array<signed int> CLR_RT_TypedArray_INT32;
typedef Array<int64_t> CLR_RT_TypedArray_INT64;

template <class Element> HRESULT take(CLR_RT_StackFrame &stack, unsigned int index, Array<Element> &array)
{
    array.data = static_cast<Element *>(stack.array(index, sizeof(Element), static_cast<Element>(0.5) != 0, array.size));
    return S_OK;
}

#define Interop_Marshal_float_ARRAY take
#define Interop_Marshal_INT8_ARRAY take
#define Interop_Marshal_UINT8_ARRAY take
#define Interop_Marshal_UINT16_ARRAY take
#define Interop_Marshal_INT32_ARRAY take
#define Interop_Marshal_INT64_ARRAY take

inline HRESULT Interop_Marshal_INT32(CLR_RT_StackFrame &stack, unsigned int index, signed int &number)
{
    number = stack.number(index).number;
    return S_OK;
}

inline HRESULT Interop_Marshal_float(CLR_RT_StackFrame &stack, unsigned int index, float &number)
{
    number = static_cast<float>(stack.number(index).number) / 8.0f;
    return S_OK;
}

inline void SetResult_float(CLR_RT_StackFrame &, float)
{
}

inline void SetResult_INT32(CLR_RT_StackFrame &, int32_t)
{
}

#define NANOCLR_NATIVE_DECLARE(method) static HRESULT method(CLR_RT_StackFrame &stack)
#define NANOCLR_HEADER() HRESULT hr = S_OK
#define NANOCLR_CHECK_HRESULT(expression) \
    if ((hr = (expression)) < 0)          \
    goto cleanup
#define NANOCLR_SET_AND_LEAVE(code) \
    {                               \
        hr = (code);                \
        goto cleanup;               \
    }
#define NANOCLR_NOCLEANUP() \
    cleanup:                \
    return hr

#endif
