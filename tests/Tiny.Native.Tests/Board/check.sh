#!/usr/bin/env bash
# Checks of the C in src/Tiny.Native that need compilers: warnings, sanitizers with drawn sizes,
# the firmware's checks of arguments, the bits on Cortex-M in QEMU, and the counts of instructions.
#   check.sh            all checks; what a machine has no tool for is passed over with a word
#   check.sh --write    the same, and writes the counts that were found to src/Tiny.Native/counts.csv
set -uo pipefail
cd "$(dirname "$0")"
c=../../../src/Tiny.Native/C
committed=../../../src/Tiny.Native/counts.csv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
warn="-std=c99 -O2 -Wall -Wextra -Wconversion -Werror -ffp-contract=off -I$c -I."

fail() {
  echo "$1" >&2
  status=1
}

if ! command -v gcc >/dev/null; then
  echo "There is no gcc: the C is not checked."
  exit 0
fi

# Both ways through the inner loops: plain, and that of the DSP extension in plain C.
for way in TINY_NO_DSP TINY_PLAIN_DSP; do
  # shellcheck disable=SC2086
  if ! gcc $warn -O1 -g -D$way -fsanitize=address,undefined -fno-sanitize-recover=all fuzz.c $c/*.c -o "$work/fuzz" \
    || ! "$work/fuzz" "${TINY_FUZZ_ROUNDS:-12000}"; then
    fail "The sanitizers or the compiler object to the C ($way)."
  fi
done

# The firmware's checks of arguments: every native method with arrays as short as it takes them, and with numbers that it is to refuse.
san="-O1 -g -Wall -Wextra -Werror -fsanitize=address,undefined -fno-sanitize-recover=all -I$c"
if ! command -v g++ >/dev/null; then
  echo "There is no g++: the firmware's checks of arguments are not tried."
else
  mkdir "$work/objects"
  for file in "$c"/*.c; do
    # shellcheck disable=SC2086
    gcc -std=c99 -ffp-contract=off $san -c "$file" -o "$work/objects/$(basename "$file" .c).o" || fail "$file does not build."
  done
  # shellcheck disable=SC2086
  if ! g++ -std=c++11 $san -I../../../src/Tiny.Native/Firmware -Iinterop interop/fuzz.cpp ../../../src/Tiny.Native/Firmware/tiny_native_calls.cpp "$work"/objects/*.o \
    -o "$work/interop" || ! "$work/interop" "${TINY_INTEROP_ROUNDS:-150}"; then
    fail "The sanitizers or the compiler object to the firmware's native methods."
  fi
fi

# shellcheck disable=SC2086
gcc $warn vectors.c print.c host.c $c/*.c -o "$work/vectors" && "$work/vectors" >"$work/host.txt" \
  || fail "vectors.c does not build or run on this machine."

if ! command -v arm-none-eabi-gcc >/dev/null || ! command -v qemu-system-arm >/dev/null; then
  echo "There is no arm-none-eabi-gcc or no qemu-system-arm: nothing is run on a Cortex-M."
  exit $status
fi

m4="-mcpu=cortex-m4 -mfpu=fpv4-sp-d16 -mfloat-abi=hard"
# QEMU's M3 runs what is compiled for the M0+, and stops where that one would for a load across words.
m0="-mcpu=cortex-m0plus -DBOARD_TRAPS_UNALIGNED"

board() { # NAME MACHINE PROGRAM FLAGS..: builds a program for a board and runs it
  local name=$1 machine=$2 program=$3
  shift 3
  # shellcheck disable=SC2086
  arm-none-eabi-gcc "$@" -mthumb $warn -nostartfiles -T mps2.ld $program.c print.c cortex.c $c/*.c -o "$work/$name.elf" || return 1
  timeout 240 qemu-system-arm -M "$machine" -kernel "$work/$name.elf" -semihosting-config enable=on,target=native \
    -display none -icount shift=0 >"$work/$name.txt" 2>&1
}

# shellcheck disable=SC2086
if ! { board bits-m4 mps2-an386 vectors $m4 && board bits-m4-plain mps2-an386 vectors $m4 -DTINY_NO_DSP && board bits-m0 mps2-an385 vectors $m0 \
  && board count-m4 mps2-an386 counts $m4 && board count-m4-plain mps2-an386 counts $m4 -DTINY_NO_DSP && board count-m0 mps2-an385 counts $m0; }; then
  fail "A program does not build, or does not come to its end on its board in 240 s; nothing is compared."
  exit $status
fi

for name in bits-m4 bits-m4-plain bits-m0; do
  diff "$work/host.txt" "$work/$name.txt" || fail "$name: other bits than on this machine."
done

{
  echo "kernel,m4f_dsp,m4f,m0plus"
  paste -d' ' "$work/count-m4.txt" "$work/count-m4-plain.txt" "$work/count-m0.txt" | awk '{ print $1 "," $2 "," $4 "," $6 }'
} >"$work/counts.csv"
if [ "${1:-}" = --write ]; then
  cp "$work/counts.csv" "$committed"
  {
    echo "# Instructions of one call"
    echo
    echo "Written by \`tests/Tiny.Native.Tests/Board/check.sh --write\`, by $(arm-none-eabi-gcc --version | head -n 1) at -O2; [README.md](README.md) says how it is counted."
    echo
    echo "| kernel and sizes | Cortex-M4F | without the DSP extension | Cortex-M0+ |"
    echo "|---|---|---|---|"
    tail -n +2 "$work/counts.csv" | awk -F, '{ print "| " $1 " | " $2 " | " $3 " | " $4 " |" }'
  } >"${committed%/*}/COUNTS.md"
fi

# A count may be off by a tick's rest. Another compiler counts otherwise: its counts are shown, and held to the bars alone.
if ! awk -F, 'NR == FNR { for (i = 2; i <= NF; i++) was[$1, i] = $i; lines++; next }
  FNR > 1 { for (i = 2; i <= NF; i++) if (was[$1, i] == "" || $i - was[$1, i] > 2 || was[$1, i] - $i > 2) { print $1 ": " $i " instructions, " was[$1, i] " in src/Tiny.Native/counts.csv"; bad = 1 } }
  END { exit bad || lines != FNR }' "$committed" "$work/counts.csv"; then
  if arm-none-eabi-gcc --version | head -n 1 | grep -qF "$(cat ../../../src/Tiny.Native/counts.compiler)"; then
    fail "Counts differ from src/Tiny.Native/counts.csv: check.sh --write writes them anew."
  fi
fi

bar() { # KERNEL COLUMN MOST
  local count
  count=$(awk -F, -v kernel="$1" -v column="$2" '$1 == kernel { print $column }' "$work/counts.csv")
  if [ -z "$count" ] || [ "$count" -gt "$3" ]; then
    fail "$1: ${count:-no} instructions, of which there may be $3."
  fi
}

bar dense_f32.64x64 2 $((8 * 64 * 64))
bar dense_s8.64x64 2 $((3 * 64 * 64))
bar dense_s8.64x64 3 $((7 * 64 * 64))
bar conv2d_s8.10x10x16.3x3.16 2 $((4 * 100 * 16 * 9 * 16))
bar gru_step_f32.16x3 2 12000
bar fft_f32.256 2 60000
bar keywords 2 14000000
[ $status = 0 ] && echo "The C is well: $(wc -l <"$work/host.txt") groups of kernels have the same bits on this machine, a Cortex-M4F and a Cortex-M0+."
exit $status
