using System;
using System.IO;

namespace Tiny.Adaptation.Storage
{
    /// <summary>
    /// Slots as two files, on a board such as those of its internal flash: <c>new FileStorage("I:\\",
    /// 4096)</c>. A file is open only while it is read or written; littlefs, which nanoFramework's internal
    /// flash is, makes what was written outlast a cut when the file is closed.
    /// </summary>
    /// <remarks>A call makes a stream, so unlike all else here this allocates.</remarks>
    /// <example>
    /// <code>
    /// FileStorage files = new FileStorage("I:\\", 4096);
    /// SlotStore store = new SlotStore(network, factory, files);
    /// </code>
    /// </example>
    public sealed class FileStorage : ISlotStorage
    {
        private readonly string[] paths;

        /// <summary>Two files, weights0.slot and weights1.slot, in a folder that exists.</summary>
        /// <param name="folder">The folder, with the separator at its end.</param>
        /// <param name="capacity">The most bytes of a file.</param>
        /// <exception cref="ArgumentNullException">There is no folder.</exception>
        /// <exception cref="ArgumentException">The folder has no separator at its end.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
        public FileStorage(string folder, int capacity)
            : this(folder, "weights", capacity)
        {
        }

        /// <summary>Two files, NAME0.slot and NAME1.slot, in a folder that exists.</summary>
        /// <param name="folder">The folder, with the separator at its end.</param>
        /// <param name="name">What the files' names begin with: one for each that keeps something in slots.</param>
        /// <param name="capacity">The most bytes of a file.</param>
        /// <exception cref="ArgumentNullException">There is no folder.</exception>
        /// <exception cref="ArgumentException">The folder has no separator at its end, or the name is empty.</exception>
        /// <exception cref="ArgumentOutOfRangeException">The capacity is negative.</exception>
        public FileStorage(string folder, string name, int capacity)
        {
            if (folder == null)
            {
                throw new ArgumentNullException("folder");
            }

            if (folder.Length == 0 || (folder[folder.Length - 1] != '\\' && folder[folder.Length - 1] != '/'))
            {
                throw new ArgumentException(
                    "The folder is \"" + folder + "\", expected one with the separator at its end, such as I:\\.", "folder");
            }

            if (name == null || name.Length == 0)
            {
                throw new ArgumentException("The files have no name, expected one such as weights.", "name");
            }

            if (capacity < 0)
            {
                throw new ArgumentOutOfRangeException("capacity", "capacity is " + capacity + ", expected 0 or more bytes.");
            }

            paths = new string[] { folder + name + "0.slot", folder + name + "1.slot" };
            Capacity = capacity;
        }

        /// <inheritdoc/>
        public int Capacity { get; }

        /// <inheritdoc/>
        public int Read(int slot, int at, byte[] buffer, int length)
        {
            try
            {
                if (!File.Exists(paths[slot]))
                {
                    return 0;
                }

                using (FileStream stream = new FileStream(paths[slot], FileMode.Open, FileAccess.Read))
                {
                    stream.Position = at;
                    int count = 0;
                    int read;
                    do
                    {
                        read = stream.Read(buffer, count, length - count);
                        count += read;
                    }
                    while (read > 0 && count < length);
                    return count;
                }
            }
            catch (Exception)
            {
                // Whatever is wrong with the medium, the slot cannot be believed.
                return 0;
            }
        }

        /// <inheritdoc/>
        public bool Erase(int slot)
        {
            try
            {
                using (new FileStream(paths[slot], FileMode.Create, FileAccess.Write))
                {
                    return true;
                }
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Write(int slot, int at, byte[] buffer, int length)
        {
            if (length > Capacity - at)
            {
                return false;
            }

            try
            {
                using (FileStream stream = new FileStream(paths[slot], FileMode.Open, FileAccess.Write))
                {
                    stream.Position = at;
                    stream.Write(buffer, 0, length);
                    stream.Flush();
                }

                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }

        /// <inheritdoc/>
        public bool Flush(int slot)
        {
            // Closing the file has done it.
            return true;
        }
    }
}
