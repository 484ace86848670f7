namespace Tiny.Emulator.Execution;

/// <summary>
/// Division and remainder: by 0 an exception, of floats too. Division is signed whatever the
/// numbers carry; remainders follow the left one's sign.
/// </summary>
internal static class Division
{
    internal static void Apply(Operation operation, ref Slot left, in Slot right)
    {
        switch (operation)
        {
            case Operation.DivI4:
                NotZero(right.I4 == 0);
                left.I4 = right.I4 == -1 ? -left.I4 : left.I4 / right.I4;
                break;
            case Operation.DivU4:
                NotZero(right.I4 == 0);
                left.I4 = (int)((uint)left.I4 / (uint)right.I4);
                break;
            case Operation.RemI4:
                NotZero(right.I4 == 0);
                left.I4 = left.IsUnsigned ? (int)((uint)left.I4 % (uint)right.I4) : right.I4 == -1 ? 0 : left.I4 % right.I4;
                break;
            case Operation.RemU4:
                NotZero(right.I4 == 0);
                left.I4 = (int)((uint)left.I4 % (uint)right.I4);
                break;
            case Operation.DivI8:
                NotZero(right.I8 == 0);
                left.I8 = right.I8 == -1 ? -left.I8 : left.I8 / right.I8;
                break;
            case Operation.DivU8:
                NotZero(right.I8 == 0);
                left.I8 = (long)((ulong)left.I8 / (ulong)right.I8);
                break;
            case Operation.RemI8:
                NotZero(right.I8 == 0);
                left.I8 = left.IsUnsigned ? (long)((ulong)left.I8 % (ulong)right.I8) : right.I8 == -1 ? 0 : left.I8 % right.I8;
                break;
            case Operation.RemU8:
                NotZero(right.I8 == 0);
                left.I8 = (long)((ulong)left.I8 % (ulong)right.I8);
                break;
            case Operation.DivR4:
                NotZero(right.R4 == 0);
                left.R4 = ArmFloat.Div(left.R4, right.R4);
                break;
            case Operation.RemR4:
                NotZero(right.R4 == 0);
                left.R4 = ArmFloat.Rem(left.R4, right.R4);
                break;
            case Operation.DivR8:
                NotZero(right.R8 == 0);
                left.R8 = ArmFloat.Div(left.R8, right.R8);
                break;
            case Operation.RemR8:
                NotZero(right.R8 == 0);
                left.R8 = ArmFloat.Rem(left.R8, right.R8);
                break;
        }
    }

    private static void NotZero(bool isZero)
    {
        if (isZero)
        {
            throw new DivideByZeroException();
        }
    }
}
