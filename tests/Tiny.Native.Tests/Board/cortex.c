/*
 * A Cortex-M in QEMU's mps2 boards: vectors, reset, output by semihosting, and a count of instructions. With -icount shift=0 an instruction
 * is one nanosecond of virtual time, and
 * SysTick goes down by one each 40 of them, its clock being 25 MHz.
 */
#include "board.h"

#define SYSTICK_CONTROL (*(volatile uint32_t *)0xE000E010u)
#define SYSTICK_RELOAD (*(volatile uint32_t *)0xE000E014u)
#define SYSTICK_CURRENT (*(volatile uint32_t *)0xE000E018u)
#define CONFIGURATION (*(volatile uint32_t *)0xE000ED14u)
#define COPROCESSORS (*(volatile uint32_t *)0xE000ED88u)
#define UNALIGNED_TRAPS (1u << 3)

#define WRITE0 0x04
#define EXIT 0x18
#define STOPPED_BY_EXIT 0x20026

extern uint32_t stack_end;
int main(void);
void reset(void);
void fault(void);

static void semihosting(uint32_t operation, const void *argument)
{
    register uint32_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

void board_print(const char *text)
{
    semihosting(WRITE0, text);
}

uint32_t board_ticks(void)
{
    return BOARD_LONGEST - SYSTICK_CURRENT;
}

void reset(void)
{
#if defined(__ARM_FP)
    COPROCESSORS |= 0xFu << 20;
    __asm__ volatile("dsb\n\tisb");
#endif
#if defined(BOARD_TRAPS_UNALIGNED)
    CONFIGURATION |= UNALIGNED_TRAPS;
#endif
    SYSTICK_RELOAD = BOARD_LONGEST;
    SYSTICK_CURRENT = 0u;
    SYSTICK_CONTROL = 5u;
    main();
    semihosting(EXIT, (const void *)STOPPED_BY_EXIT);
    for (;;) {
    }
}

void fault(void)
{
    board_print("FAULT\n");
    semihosting(EXIT, (const void *)0x20023);
    for (;;) {
    }
}

__attribute__((section(".vectors"), used)) static const void *const vectors[16] = {
    &stack_end, (const void *)reset, (const void *)fault, (const void *)fault, (const void *)fault, (const void *)fault,
        (const void *)fault,
};
