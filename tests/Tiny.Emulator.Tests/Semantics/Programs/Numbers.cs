using System;

[Flags]
public enum Mode
{
    None,
    Read = 1,
    Write = 2,
    Both = Read | Write,
}

public static class Program
{
    public static void Main()
    {
        uint big = 4000000000;
        int shift = 3;
        Console.WriteLine((big >> shift).ToString() + " " + (big / 7).ToString() + " " + (big % 1000).ToString() + " " + (big > 5u) + " "
            + ((int)(big >> 20)).ToString());
        ulong wide = 0x8000000000000000;
        Console.WriteLine((wide >> 60).ToString() + " " + (wide / 3).ToString() + " " + (wide % 10).ToString());
        sbyte small = -100;
        byte wrapped = (byte)(small - 100);
        ushort word = (ushort)(wrapped << 9);
        Console.WriteLine(wrapped + " " + word + " " + (short)word + " " + (sbyte)(wrapped + 100));
        Console.WriteLine((-7 / 2) + " " + (-7 % 3) + " " + (7 & -8) + " " + (5 ^ 3) + " " + (~5) + " " + (1 << 10));
        long product = 123456789L * 1000003L;
        Console.WriteLine(product + " " + (product / 1000007) + " " + (product % 97) + " " + (int)product + " " + (product >> 13));
        Console.WriteLine(Crc(new byte[] { 1, 2, 3, 250, 251, 252 }).ToString("X4") + " " + Hash("nanoFramework").ToString("X8"));
        Mode mode = Mode.Read;
        mode |= Mode.Write;
        Console.WriteLine(((int)mode) + " " + (mode == Mode.Both) + " " + ((mode & Mode.Write) != 0));
        Console.WriteLine(Day(3) + " " + Day(9) + " " + Roman("iv") + " " + Roman("x") + " " + Roman("zz"));
        Console.WriteLine(int.Parse("-42") + " " + Convert.ToInt32("77") + " " + (3 == 3).ToString() + " " + Math.Max(3, 9) + " "
            + Math.Abs(-4));
        Console.WriteLine(Primes(60));
        float mean = Mean(new float[] { 1.5f, 2.25f, -0.75f, 9f });
        Console.WriteLine((mean == 3f) + " " + (int)(mean * 100f) + " " + (mean > 2.9f));
        Console.WriteLine(Gcd(462, 1071) + " " + Power(3, 13) + " " + Fibonacci(20));
    }

    private static ushort Crc(byte[] bytes)
    {
        ushort crc = 0xFFFF;
        foreach (byte value in bytes)
        {
            crc ^= (ushort)(value << 8);
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (ushort)((crc << 1) ^ 0x1021) : (ushort)(crc << 1);
            }
        }

        return crc;
    }

    private static uint Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 16777619;
        }

        return hash;
    }

    private static string Day(int day)
    {
        switch (day)
        {
            case 0: return "Sunday";
            case 1: return "Monday";
            case 2: return "Tuesday";
            case 3: return "Wednesday";
            default: return "none";
        }
    }

    private static int Roman(string text)
    {
        switch (text)
        {
            case "i": return 1;
            case "ii": return 2;
            case "iii": return 3;
            case "iv": return 4;
            case "v": return 5;
            case "vi": return 6;
            case "ix": return 9;
            case "x": return 10;
            default: return -1;
        }
    }

    private static string Primes(int below)
    {
        bool[] composite = new bool[below];
        string text = "";
        for (int i = 2; i < below; i++)
        {
            if (!composite[i])
            {
                text += i + " ";
                for (int j = i * i; j < below; j += i)
                {
                    composite[j] = true;
                }
            }
        }

        return text;
    }

    private static float Mean(float[] values)
    {
        float sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += values[i];
        }

        return sum / values.Length;
    }

    private static int Gcd(int a, int b)
    {
        return b == 0 ? a : Gcd(b, a % b);
    }

    private static long Power(int b, int exponent)
    {
        long result = 1;
        while (exponent-- > 0)
        {
            result *= b;
        }

        return result;
    }

    private static int Fibonacci(int n)
    {
        return n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
    }
}
