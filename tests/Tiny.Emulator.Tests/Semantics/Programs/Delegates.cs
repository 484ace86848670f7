using System;

public delegate int Combine(int left, int right);

public class Sensor
{
    private int level;

    public delegate void LevelHandler(Sensor sender, int level);

    public event LevelHandler Changed;

    public event EventHandler Full;

    public int Level
    {
        get
        {
            return level;
        }

        set
        {
            if (level == value)
            {
                return;
            }

            level = value;
            Changed?.Invoke(this, value);
            if (value >= 10 && Full != null)
            {
                Full(this, EventArgs.Empty);
            }
        }
    }
}

public static class Program
{
    private static int count;

    public static void Main()
    {
        Combine add = (left, right) => left + right;
        Combine multiply = Multiply;
        Combine both = add + multiply;
        Console.WriteLine("both " + both(3, 4) + ", " + both.GetInvocationList().Length + " of them");
        both -= multiply;
        Console.WriteLine("one left " + both(3, 4) + " " + (both == add));
        Sensor sensor = new Sensor();
        sensor.Changed += OnChanged;
        sensor.Changed += (sender, level) => Console.WriteLine("lambda " + level + " " + (sender.Level == level));
        sensor.Full += delegate { Console.WriteLine("full"); };
        sensor.Level = 4;
        sensor.Level = 4;
        sensor.Level = 12;
        sensor.Changed -= OnChanged;
        sensor.Level = 3;
        Console.WriteLine("count " + count);
        Console.WriteLine("composed " + Compose(Twice, Twice)(5) + " " + Counter()() + " "
            + Fold(new int[] { 1, 2, 3, 4 }, (l, r) => l * r));
    }

    private static int Multiply(int left, int right)
    {
        return left * right;
    }

    private static void OnChanged(Sensor sender, int level)
    {
        count += level;
        Console.WriteLine("changed to " + level);
    }

    private delegate int Function(int value);

    private delegate int Producer();

    private static int Twice(int value)
    {
        return 2 * value;
    }

    private static Function Compose(Function first, Function second)
    {
        return value => second(first(value));
    }

    private static Producer Counter()
    {
        int number = 0;
        Producer next = () => ++number;
        next();
        next();
        return next;
    }

    private static int Fold(int[] values, Combine combine)
    {
        int result = 1;
        foreach (int value in values)
        {
            result = combine(result, value);
        }

        return result;
    }
}
