namespace Tiny.Emulator.Deployment;

/// <summary>A section of a .pe file.</summary>
/// <param name="Name">Its name, as the metadata processor calls it.</param>
/// <param name="Entries">Entries of a table; 0 for a run of bytes.</param>
/// <param name="Bytes">Bytes, padding not counted.</param>
public sealed record PeSection(string Name, int Entries, int Bytes);
