using Tiny.Convolution;
using Tiny.Core.Blobs;

namespace Tiny.Native.Convolution
{
    /// <summary>How a window walks, as the kernels in C take it.</summary>
    /// <seealso cref="NativeConvolutions"/>
    public static class NativeWindow
    {
        /// <summary>Numbers of a window.</summary>
        public const int Count = 16;

        private const int Left = 5;
        private const int Right = 7;

        /// <summary>
        /// The numbers: the window's bytes among the attributes, then what is read (height, width, channels, width with its padding) and
        /// given (height, width).
        /// </summary>
        /// <param name="reader">Stands at the node.</param>
        /// <param name="at">Where among the attributes the window begins.</param>
        /// <param name="window">The window, which has been read.</param>
        /// <param name="numbers">(Count) receives them.</param>
        public static void Read(BlobReader reader, int at, Window window, int[] numbers)
        {
            for (int i = 0; i < Window.Bytes; i++)
            {
                numbers[i] = reader.Attribute(at + i);
            }

            numbers[10] = window.InputHeight;
            numbers[11] = window.InputWidth;
            numbers[12] = window.Channels;
            numbers[13] = window.InputWidth + numbers[Left] + numbers[Right];
            numbers[14] = window.OutputHeight;
            numbers[15] = window.OutputWidth;
        }
    }
}
