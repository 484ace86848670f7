namespace System
{
    public delegate TResult Func<T, TResult>(T argument);
}

namespace Planted
{
    public class GenericType<T>
    {
        public T Value;
    }

    public static class GenericMethod
    {
        public static T Same<T>(T value)
        {
            return value;
        }
    }

    public static class GenericUse
    {
        public static int Call()
        {
            return GenericMethod.Same<int>(3) + new GenericType<int>().Value;
        }
    }

    public static class FuncUse
    {
        private static System.Func<int, int> square = delegate (int x) { return x * x; };

        public static int Call()
        {
            return square(3);
        }
    }

    public static class Matrix
    {
        public static int Call()
        {
            int[,] matrix = new int[2, 2];
            return matrix[1, 1];
        }
    }

    public static unsafe class Pointers
    {
        public static int Fixed(int[] values)
        {
            fixed (int* first = values)
            {
                return *first;
            }
        }

        public static int Stack()
        {
            int* values = stackalloc int[4];
            return values[2];
        }
    }

    public static class Checked
    {
        public static int Add(int a, int b)
        {
            return checked(a + b);
        }
    }

    public static class Excluded
    {
        public static object Use()
        {
            return new System.Diagnostics.DebuggerDisplayAttribute("x");
        }
    }
}
