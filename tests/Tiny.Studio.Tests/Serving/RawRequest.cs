using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Tiny.Studio.Tests.Serving;

/// <summary>A request as bytes, for what no well-behaved client would send.</summary>
internal static class RawRequest
{
    /// <summary>Sends a text and gives all that comes back; "" if the connection is just closed.</summary>
    internal static async Task<string> Send(int port, string text)
    {
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", port);
        using NetworkStream stream = client.GetStream();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), limit.Token);
            StringBuilder answer = new();
            byte[] buffer = new byte[1 << 16];
            while (!IsWhole(answer.ToString()) && await stream.ReadAsync(buffer, limit.Token) is int count and > 0)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }

            return answer.ToString();
        }
        catch (IOException)
        {
            return ""; // it was closed while something was still being sent
        }
    }

    /// <summary>Whether an answer has come to its end, by its length or its last chunk.</summary>
    private static bool IsWhole(string answer)
    {
        int head = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        int length = answer.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        return head >= 0 && (length >= 0 && length < head
            ? answer.Length >= head + 4 + int
                .Parse(answer.AsSpan(length + 16, answer.IndexOf('\r', length) - length - 16), CultureInfo.InvariantCulture)
            : answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));
    }

    /// <summary>The status in an answer; 0 without any.</summary>
    internal static int Status(string answer) => answer.Length > 12 && int.TryParse(answer.AsSpan(9, 3), out int status) ? status : 0;
}
