using System.Globalization;
using System.IO.Compression;
using Tiny.Tests;

namespace Tiny.Adaptation.Tests.Experiments;

/// <summary>
/// The digits, and the same as another hand would hold the pen: turned about the middle of
/// the image, by bilinear interpolation, and slanted none.
/// </summary>
internal sealed class Digits
{
    private const int Side = 8;
    private readonly List<(float[] Pixels, int Class)> rows = [];

    internal Digits()
    {
        using StreamReader reader = new(new GZipStream(File.OpenRead(SharedData.Path("digits/digits.csv.gz")), CompressionMode.Decompress));
        while (reader.ReadLine() is string line)
        {
            float[] values = [.. line.Split(',').Select(field => float.Parse(field, CultureInfo.InvariantCulture))];
            rows.Add((values[..^1], (int)values[^1]));
        }
    }

    /// <summary>Row % 5 == 4 is for testing.</summary>
    internal List<(float[] Features, int Class)> Images(bool test, double degrees) =>
        [.. rows.Where((_, i) => i % 5 == 4 == test).Select(row => (Turn(row.Pixels, degrees), row.Class))];

    private static float[] Turn(float[] pixels, double degrees)
    {
        (double sin, double cos) = Math.SinCos(degrees * Math.PI / 180);
        const double Middle = (Side - 1) / 2.0;
        float[] turned = new float[pixels.Length];
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                double fromX = cos * (x - Middle) + sin * (y - Middle) + Middle;
                double fromY = -sin * (x - Middle) + cos * (y - Middle) + Middle;
                int left = (int)Math.Floor(fromX);
                int top = (int)Math.Floor(fromY);
                double right = fromX - left;
                double down = fromY - top;
                turned[y * Side + x] = (float)(
                    (1 - right) * (1 - down) * At(left, top) + right * (1 - down) * At(left + 1, top)
                    + (1 - right) * down * At(left, top + 1) + right * down * At(left + 1, top + 1));
            }
        }

        return turned;

        float At(int x, int y) => x is >= 0 and < Side && y is >= 0 and < Side ? pixels[y * Side + x] : 0f;
    }
}
