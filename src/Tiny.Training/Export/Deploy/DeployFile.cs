namespace Tiny.Training.Export.Deploy;

/// <summary>A file of a deployment.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="Bytes">The bytes in it.</param>
/// <seealso cref="Deployment"/>
public sealed record DeployFile(string Name, byte[] Bytes);
