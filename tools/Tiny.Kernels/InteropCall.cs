namespace Tiny.Kernels;

/// <summary>How a native method reaches its kernel.</summary>
/// <param name="Kernel">The function in C.</param>
/// <param name="Arguments">Its arguments: names of parameters, with an offset where it begins further on.</param>
/// <param name="Conditions">What must hold before it is called: no array shorter than what it reaches.</param>
internal sealed record InteropCall(string Kernel, string[] Arguments, string[] Conditions);
