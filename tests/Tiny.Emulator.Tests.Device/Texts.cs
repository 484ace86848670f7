using System;

/// <summary>Numbers and objects as text.</summary>
public static class Texts
{
    public enum Color
    {
        Red,
        Green = 7,
    }

    public static string OfFloat(float value, string format)
    {
        return format == null ? value.ToString() : value.ToString(format);
    }

    public static string OfDouble(double value, string format)
    {
        return format == null ? value.ToString() : value.ToString(format);
    }

    public static string OfInt(int value, string format)
    {
        return format == null ? value.ToString() : value.ToString(format);
    }

    public static string OfLong(long value, string format)
    {
        return value.ToString(format);
    }

    public static string OfByte(int value, string format)
    {
        return ((byte)value).ToString(format) + " " + ((sbyte)value).ToString(format) + " " + ((short)value).ToString(format);
    }

    public static string Fill(string format, float number, int whole)
    {
        return string.Format(format, number, whole, "word", null, true, 'c', Color.Green);
    }

    public static string Interpolated(float x, double d, int i)
    {
        return $"a {x:F1} b {x,10} c {x,10:F2} d {i:X4} e {i,-6}| f {d:N2}";
    }

    public static string Objects()
    {
        object measured = new Reading(2.345f);
        object plain = new Plain();
        return string.Format("{0}|{0:F1}|{1}|{1:F1}", measured, plain) + "|" + string.Concat(measured, 7, 0.5f);
    }

    public static string OfArray()
    {
        return string.Format("{0}", new object[] { new int[3] });
    }

    private sealed class Reading
    {
        private readonly float value;

        public Reading(float value)
        {
            this.value = value;
        }

        public override string ToString()
        {
            return "reading " + value.ToString();
        }

        public string ToString(string format)
        {
            return value.ToString(format) + " V";
        }
    }

    private class Plain
    {
    }
}
