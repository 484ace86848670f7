namespace Tiny.Core.Blobs
{
    /// <summary>
    /// A fault in numbers: the words are on the desk, where tiny info FILE says them, for a board has no flash to spare for them.
    /// </summary>
    internal static class BlobMessages
    {
        internal static string Describe(BlobError error, int offset, int found, int expected)
        {
            return "Blob error " + (int)error + " at byte " + offset + ": found " + found + ", expected " + expected + ".";
        }
    }
}
