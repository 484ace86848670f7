using System;

/// <summary>What a board prints otherwise than the desktop.</summary>
public static class Program
{
    private static int zero;

    public static void Main()
    {
        Console.WriteLine("float " + 99.99f + " " + 1e10f + " " + 0.1f + " " + 1.5f);
        Console.WriteLine("double " + (1.0 / 3) + " " + 1e15);
        try
        {
            Console.WriteLine((1 / zero).ToString());
        }
        catch (Exception error)
        {
            Console.WriteLine(error.Message);
        }

        Console.WriteLine("enum " + DayOfWeek.Friday.ToString());
        int big = int.MaxValue - zero;
        Console.WriteLine("checked " + checked(big + 1));
        Console.WriteLine("type " + typeof(Program).Name + " " + new int[1].ToString() + " " + new Inner().ToString());
        float nan = float.NaN;
        Console.WriteLine("nan " + (nan > 1f + zero) + " " + (nan < 1f + zero) + " " + (nan == nan + zero));
    }

    private sealed class Inner
    {
    }
}
