#include "board.h"

void board_print_number(uint32_t number)
{
    char text[11];
    char *at = text + sizeof text - 1;
    *at = 0;
    do {
        *--at = (char)('0' + number % 10u);
        number /= 10u;
    } while (number != 0u);
    board_print(at);
}

void board_print_hex(uint32_t number)
{
    char text[9];
    for (int32_t i = 0; i < 8; i++) {
        text[i] = "0123456789abcdef"[(number >> (28 - 4 * i)) & 15u];
    }

    text[8] = 0;
    board_print(text);
}
