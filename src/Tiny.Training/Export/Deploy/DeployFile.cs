namespace Tiny.Training.Export.Deploy;

/// <summary>A file of a deployment.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">What is in it.</param>
public sealed record DeployFile(string Name, byte[] Bytes);
