namespace Tiny.Docs.Tests.Pages;

/// <summary>A fenced block of a page.</summary>
/// <param name="Line">The line of the opening fence, from 1.</param>
/// <param name="Info">What stands behind the opening fence, such as <c>console</c>.</param>
/// <param name="Lines">The lines between the fences.</param>
/// <param name="Reason">Why the block is not run, from a comment <c>not run: REASON</c> on the line above; null without one.</param>
public sealed record Fence(int Line, string Info, IReadOnlyList<string> Lines, string? Reason);
