namespace Tiny.Training.Memory;

/// <summary>
/// What things take on nanoFramework's heap: blocks of 12 bytes; an array of numbers 20 bytes and its elements, rounded
/// up; an array of references one block an element; an object one block and one more for each field.
/// </summary>
internal static class HeapSize
{
    private const int Block = 12;
    private const int ArrayHeader = 20;

    internal static long OfNumbers(long length, int bytesPerElement) => (ArrayHeader + length * bytesPerElement + Block - 1) / Block
        * Block;

    internal static long OfReferences(long length) => OfNumbers(0, 1) + length * Block;

    internal static long OfObject(int fields) => Block + fields * (long)Block;
}
