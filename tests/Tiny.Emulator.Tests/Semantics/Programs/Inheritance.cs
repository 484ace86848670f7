using System;

public interface IShape
{
    int Area { get; }

    string Name();
}

public abstract class Shape : IShape
{
    private static int made;

    protected Shape()
    {
        made++;
        Number = made;
    }

    public int Number { get; }

    public static int Made
    {
        get { return made; }
    }

    public abstract int Area { get; }

    public virtual string Name()
    {
        return "shape";
    }

    public override string ToString()
    {
        return Name() + " " + Number + " of area " + Area;
    }
}

public class Square : Shape
{
    private readonly int side;

    public Square(int side)
    {
        this.side = side;
    }

    public override int Area
    {
        get { return side * side; }
    }

    public override string Name()
    {
        return "square, a " + base.Name();
    }
}

public sealed class Strip : Square, IComparable
{
    public Strip(int side, int count)
        : base(side)
    {
        Count = count;
    }

    public int Count { get; set; }

    public override int Area
    {
        get { return base.Area * Count; }
    }

    public new string Name()
    {
        return "strip";
    }

    public int CompareTo(object other)
    {
        return Count - ((Strip)other).Count;
    }
}

public struct Point
{
    public int X;
    public int Y;

    public Point(int x, int y)
    {
        X = x;
        Y = y;
    }

    public static Point operator +(Point a, Point b)
    {
        return new Point(a.X + b.X, a.Y + b.Y);
    }

    public void Move(int by)
    {
        X += by;
        Y -= by;
    }

    public override string ToString()
    {
        return "(" + X + ", " + Y + ")";
    }
}

public static class Program
{
    private static readonly Point[] corners = new Point[3];

    public static void Main()
    {
        IShape[] shapes = { new Square(3), new Strip(2, 5) };
        foreach (IShape shape in shapes)
        {
            Console.WriteLine(shape.ToString() + " | " + shape.Name() + " | " + shape.Area);
        }

        Strip strip = (Strip)shapes[1];
        Console.WriteLine(strip.Name() + " " + ((Shape)strip).Name() + " " + ((IShape)strip).Name());
        Console.WriteLine("made " + Shape.Made + ", compared " + strip.CompareTo(new Strip(1, 7)));
        Console.WriteLine((shapes[0] is Strip) + " " + (shapes[1] is Square) + " " + (shapes[0] as Strip == null));
        Points();
        Nested();
    }

    private static void Points()
    {
        Point start = new Point(1, 2);
        Point copy = start;
        copy.Move(10);
        corners[1] = copy;
        corners[1].Move(1);
        Change(ref corners[2]);
        object boxed = start;
        start.X = 99;
        Console.WriteLine(start.ToString() + copy.ToString() + corners[0].ToString() + corners[1].ToString() + corners[2].ToString()
            + boxed.ToString());
        Point sum = (Point)boxed + copy;
        Console.WriteLine(sum.ToString() + " " + sum.Equals(new Point(12, -6)) + " " + boxed.Equals(sum));
    }

    private static void Change(ref Point point)
    {
        point = new Point(5, 6);
        point.Y++;
    }

    private static void Nested()
    {
        int[][] rows = new int[4][];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = new int[i + 1];
            for (int j = 0; j <= i; j++)
            {
                rows[i][j] = i * 10 + j;
            }
        }

        int sum = 0;
        foreach (int[] row in rows)
        {
            foreach (int cell in row)
            {
                sum += cell;
            }
        }

        Console.WriteLine("sum " + sum + ", last " + rows[3][3]);
    }
}
