# Tiny's kernels in C for a firmware of nanoFramework. The folder src/Tiny.Native of Tiny's repository, with C and Firmware in it,
# stands in the firmware's InteropAssemblies
# as Tiny.Native, and this file in its CMake/Modules. Then NF_INTEROP_ASSEMBLIES names Tiny.Native.

set(TINY_NATIVE_FOLDER ${PROJECT_SOURCE_DIR}/InteropAssemblies/Tiny.Native)

set(Tiny.Native_INCLUDE_DIRS
    ${PROJECT_SOURCE_DIR}/src/CLR/Core
    ${PROJECT_SOURCE_DIR}/src/CLR/Include
    ${PROJECT_SOURCE_DIR}/src/HAL/Include
    ${PROJECT_SOURCE_DIR}/src/PAL/Include
    ${TINY_NATIVE_FOLDER}/C
    ${TINY_NATIVE_FOLDER}/Firmware)

file(GLOB TINY_NATIVE_KERNELS ${TINY_NATIVE_FOLDER}/C/*.c)

# The bits depend on it that nothing is fused; the counts of counts.csv are of -O2.
set_source_files_properties(${TINY_NATIVE_KERNELS} PROPERTIES COMPILE_OPTIONS "-O2;-ffp-contract=off;-std=c99")

set(Tiny.Native_SOURCES
    ${TINY_NATIVE_KERNELS}
    ${TINY_NATIVE_FOLDER}/Firmware/tiny_native_table.cpp
    ${TINY_NATIVE_FOLDER}/Firmware/tiny_native_calls.cpp)

include(FindPackageHandleStandardArgs)
FIND_PACKAGE_HANDLE_STANDARD_ARGS(Tiny.Native DEFAULT_MSG Tiny.Native_INCLUDE_DIRS Tiny.Native_SOURCES)
