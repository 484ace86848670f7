using System;

public class SensorException : Exception
{
    public SensorException(string message, int code)
        : base(message)
    {
        Code = code;
    }

    public int Code { get; }
}

public sealed class Resource : IDisposable
{
    private readonly string name;

    public Resource(string name)
    {
        this.name = name;
        Console.WriteLine("open " + name);
    }

    public void Dispose()
    {
        Console.WriteLine("close " + name);
    }
}

public static class Program
{
    public static void Main()
    {
        for (int kind = 0; kind < 6; kind++)
        {
            Console.WriteLine(kind + ": " + Try(kind));
        }

        try
        {
            using (new Resource("outer"))
            using (new Resource("inner"))
            {
                throw new SensorException("too hot", 7);
            }
        }
        catch (SensorException error) when (error.Code == 8)
        {
            Console.WriteLine("wrong");
        }
        catch (SensorException error) when (error.Code == 7)
        {
            Console.WriteLine(error.Message + " " + error.Code);
        }

        Console.WriteLine("finally " + Returns());
        Wrapped();
        int[] numbers = new int[2];
        int at = 0;
        try
        {
            numbers[at++] = numbers[at++ + 1];
        }
        catch (IndexOutOfRangeException)
        {
            Console.WriteLine("at " + at);
        }
    }

    private static string Try(int kind)
    {
        string text = "";
        try
        {
            try
            {
                text += Thrower(kind);
            }
            catch (InvalidCastException)
            {
                text += "cast ";
            }
            catch (ArgumentException)
            {
                text += "argument ";
                throw;
            }
            finally
            {
                text += "finally ";
            }
        }
        catch (NullReferenceException)
        {
            text += "null";
        }
        catch (Exception error)
        {
            text += error.GetType().Name;
        }

        return text;
    }

    private static string Thrower(int kind)
    {
        object thing = kind == 1 ? null : "text";
        switch (kind)
        {
            case 1:
                return thing.ToString();
            case 2:
                return ((int[])thing).Length.ToString();
            case 3:
                throw new ArgumentException("x");
            case 4:
                throw new NotSupportedException();
            case 5:
                return ((string)thing).Substring(9);
            default:
                return "nothing ";
        }
    }

    private static int Returns()
    {
        int value = 1;
        try
        {
            return value;
        }
        finally
        {
            value = 2;
            Console.WriteLine("set " + value);
        }
    }

    private static void Wrapped()
    {
        try
        {
            try
            {
                throw new InvalidOperationException("inside");
            }
            catch (InvalidOperationException error)
            {
                throw new Exception("outside", error);
            }
        }
        catch (Exception error)
        {
            Console.WriteLine(error.Message + " <- " + error.InnerException.Message);
        }
    }
}
