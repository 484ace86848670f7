/* What the programs here ask of what they run on: a board in QEMU, or the host. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

/* Prints text. */
void board_print(const char *text);

/* Prints a whole number. */
void board_print_number(uint32_t number);

/* Prints the eight hexadecimal digits of a number. */
void board_print_hex(uint32_t number);

/* Ticks are 24 bits. */
#define BOARD_LONGEST 0xFFFFFFu

/* Ticks so far: one is 40 instructions. 0 on the host. */
uint32_t board_ticks(void);

#endif
