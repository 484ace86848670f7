// Over 300 lines: one program, of which each method is a case.
using System;

/// <summary>Programs that try how the device differs from the desktop.</summary>
public static class Behavior
{
    private static float large = 1e20f;
    private static float three = 3e9f;
    private static uint big = 0xFFFFFFF0;
    private static int zero;
    private static int billion = 2000000000;

    public static int FloatToInt() { return (int)large; }
    public static int FloatPastIntToInt() { return (int)three; }
    public static int NaNToInt() { return (int)(large - large + float.NaN); }
    public static int Negative() { return (int)-2.9f; }

    public static string DivideByZero()
    {
        try
        {
            return (5 / zero).ToString();
        }
        catch (Exception error)
        {
            return error.GetHashCode() == 0 ? "" : Name(error);
        }
    }

    public static int FloatsByZero()
    {
        int thrown = 0;
        for (int which = 0; which < 5; which++)
        {
            try
            {
                Divide(which);
            }
            catch (Exception)
            {
                thrown += 1 << which;
            }
        }

        return thrown;
    }

    private static double Divide(int which)
    {
        float none = zero;
        double nothing = zero;
        switch (which)
        {
            case 0: return 5f / none;
            case 1: return 5f % -none;
            case 2: return 5.0 / -nothing;
            case 3: return 5.0 % nothing;
            default: return none / 5f;
        }
    }

    /// <summary>A bit for each of less, greater, equal, less or equal, greater or equal and unequal; from bit 8 as branches.</summary>
    public static int Order(float a, float b)
    {
        bool less = a < b;
        bool greater = a > b;
        bool equal = a == b;
        bool lessOrEqual = a <= b;
        bool greaterOrEqual = a >= b;
        bool unequal = a != b;
        int bits = (less ? 1 : 0) + (greater ? 2 : 0) + (equal ? 4 : 0) + (lessOrEqual ? 8 : 0) + (greaterOrEqual ? 16 : 0)
            + (unequal ? 32 : 0);
        if (a < b)
        {
            bits += 1 << 8;
        }

        if (a > b)
        {
            bits += 2 << 8;
        }

        if (a == b)
        {
            bits += 4 << 8;
        }

        if (a <= b)
        {
            bits += 8 << 8;
        }

        if (a >= b)
        {
            bits += 16 << 8;
        }

        if (a != b)
        {
            bits += 32 << 8;
        }

        return bits;
    }

    public static string Texts() { return 0.1f + " " + 1.5 + " " + (1L << 62) + " " + 0xFFFFFFFFFFFFFFFFUL; }

    public static int UnsignedShifts() { return (int)big >> 4; }

    public static int Checked() { return checked(billion + billion); }

    public static int CastUnsignedIsSigned()
    {
        return (int)big / 2;
    }

    public static float UnsignedToFloat()
    {
        return (int)big;
    }

    public static double Exp() { return Math.Exp(1.0); }

    public static bool ExpIsSinglePrecision() { return Math.Exp(1.0) == (double)(float)Math.Exp(1.0); }

    public static int OutOfMemory()
    {
        int count = 0;
        try
        {
            object[] kept = new object[1000];
            for (; count < 1000; count++)
            {
                kept[count] = new float[250];
            }
        }
        catch (OutOfMemoryException)
        {
        }

        return count;
    }

    public static int GarbageIsNoLoss()
    {
        int sum = 0;
        for (int i = 0; i < 5000; i++)
        {
            sum += new float[250].Length;
        }

        return sum;
    }

    public static void TooLargeAnObject() { new byte[800000].GetHashCode(); }

    public static string Handlers()
    {
        string log = "";
        try
        {
            try
            {
                Throw(3);
            }
            catch (ArgumentException error) when (error.Message == "no")
            {
                log += "wrong";
            }
            finally
            {
                log += "f";
            }
        }
        catch (InvalidOperationException error)
        {
            log += error.Message;
        }

        for (int i = 0; i < 3; i++)
        {
            try
            {
                if (i == 1)
                {
                    continue;
                }

                log += i;
            }
            finally
            {
                log += ".";
            }
        }

        return log;
    }

    public static string Rethrown()
    {
        try
        {
            try
            {
                int[] none = new int[2];
                none[2] = 1;
            }
            catch (IndexOutOfRangeException)
            {
                throw;
            }
        }
        catch (Exception error)
        {
            return Name(error);
        }

        return "nothing";
    }

    public static int Language()
    {
        Shape[] shapes = new Shape[] { new Square(3), new Circle(2) };
        int sum = 0;
        foreach (Shape shape in shapes)
        {
            sum += shape.Area();
        }

        Point point = new Point(1, 2);
        Point copy = point;
        copy.X = 10;
        Twice twice = delegate (int x) { return x * 2 + sum; };
        object boxed = 5;
        long packed = 0x7FFFFFFFFFL;
        string word = "two";
        switch (word)
        {
            case "one":
                sum += 1;
                break;
            case "two":
                sum += 2;
                break;
        }

        int other = 0;
        Swap(ref sum, ref other);
        byte[][] jagged = new byte[2][];
        jagged[1] = new byte[] { 1, 2, 250 };
        return other + point.X * 100 + copy.X * 1000 + twice(1) + (int)boxed + (int)(packed >> 32) + jagged[1][2]
            + (shapes[0] is Square ? 1 : 0)
            + (shapes[1] is Square ? 1 : 0);
    }

    public static long Shifts(int amount)
    {
        uint bits = 0x80000000;
        int signed = unchecked((int)0x80000000);
        return (bits >> amount) + (signed >> amount) + (1L << (amount + 30)) + (byte)(amount * 100) + (sbyte)(amount * 100)
            + (short)(amount * 20000);
    }

    public static int Deep(int depth) { return depth == 0 ? 0 : 1 + Deep(depth - 1); }

    public static void Uncaught() { throw new ArgumentException("for the host"); }

    private static void Throw(int value)
    {
        if (value == 3)
        {
            throw new InvalidOperationException("i" + value);
        }
    }

    private static string Name(Exception error)
    {
        return error is IndexOutOfRangeException ? "index" : error is ArgumentException ? "argument" : error.Message;
    }

    private static void Swap(ref int a, ref int b)
    {
        int c = a;
        a = b;
        b = c;
    }

    private delegate int Twice(int x);

    private abstract class Shape
    {
        public abstract int Area();
    }

    private sealed class Square : Shape
    {
        private readonly int side;

        public Square(int side) { this.side = side; }

        public override int Area() { return side * side; }
    }

    private class Circle : Shape
    {
        private readonly int radius;

        public Circle(int radius) { this.radius = radius; }

        public override int Area() { return 3 * radius * radius; }
    }

    private struct Point
    {
        public int X;
        public int Y;

        public Point(int x, int y)
        {
            X = x;
            Y = y;
        }
    }
}

/// <summary>Things whose size on the heap is known.</summary>
public static class Sizes
{
    public static object Floats() { return new float[100]; }
    public static object SignedBytes() { return new sbyte[100]; }
    public static object Doubles() { return new double[100]; }
    public static object Objects() { return new object[100]; }
    public static object FieldsOfAnyType() { return new ThreeFields(); }
    public static object BoxedInt() { return 7; }
    public static object Text() { return string.Concat("1234567", "89"); }
    public static object Structs() { return new TwoFields[10]; }
    public static object Rows() { return new float[][] { new float[3], new float[3] }; }

    private sealed class ThreeFields
    {
        public byte A;
        public long B;
        public object C;
    }

    private struct TwoFields
    {
        public int A;
        public int B;
    }
}
