// nanoFramework.TestFramework's API as far as the device tests use it, so that the same bodies run against the desktop core.
namespace nanoFramework.TestFramework;

[AttributeUsage(AttributeTargets.Class)]
public sealed class TestClassAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
public sealed class TestMethodAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class DataRowAttribute(params object[] methodParameters) : Attribute
{
    public object[] MethodParameters { get; } = methodParameters;
}

public static class Assert
{
    public static void IsTrue(bool condition, string message) => Xunit.Assert.True(condition, message);

    public static void AreEqual<T>(T expected, T actual, string message) =>
        Xunit.Assert.True(EqualityComparer<T>.Default.Equals(expected, actual), $"{message}: expected {expected} found {actual}");

    public static void AreNotEqual<T>(T notExpected, T actual, string message) =>
        Xunit.Assert.False(EqualityComparer<T>.Default.Equals(notExpected, actual), $"{message}: found {actual}");

    public static void ThrowsException(Type exception, Action action, string message)
    {
        Exception thrown = null;
        try
        {
            action();
        }
        catch (Exception error)
        {
            thrown = error;
        }

        Xunit.Assert.True(thrown?.GetType() == exception, $"{message}: expected {exception} found {thrown}");
    }
}
