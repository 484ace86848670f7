using Mono.Cecil;

namespace Tiny.Emulator.Execution;

/// <summary>
/// How the device compares references: strings by their text, delegates by method and target, types by what they are, all else by address.
/// </summary>
internal static class ReferenceOrder
{
    internal static int Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ when ReferenceEquals(left, right) => 0,
        (string a, string b) => Compare(a, b),
        (DeviceDelegate a, DeviceDelegate b) => Same(a, b) ? 0 : 1,
        (TypeReference a, TypeReference b) => a.FullName == b.FullName ? 0 : 1,
        (SlotReference a, SlotReference b) => a.Equals(b) ? 0 : 1,
        _ => 1,
    };

    /// <summary>
    /// Texts as strcmp orders their UTF-8, as far as sign goes; newlib's gives the difference of the first bytes that differ.
    /// </summary>
    internal static int Compare(string left, string right)
    {
        byte[] a = System.Text.Encoding.UTF8.GetBytes(left);
        byte[] b = System.Text.Encoding.UTF8.GetBytes(right);
        for (int i = 0; ; i++)
        {
            int x = i < a.Length ? a[i] : 0;
            int y = i < b.Length ? b[i] : 0;
            if (x != y || x == 0)
            {
                return x - y;
            }
        }
    }

    private static bool Same(DeviceDelegate left, DeviceDelegate right)
    {
        ReadOnlySpan<DeviceDelegate> a = left.All;
        ReadOnlySpan<DeviceDelegate> b = right.All;
        if (a.Length != b.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            if (a[i].Method != b[i].Method || Compare(a[i].Target, b[i].Target) != 0)
            {
                return false;
            }
        }

        return true;
    }
}
