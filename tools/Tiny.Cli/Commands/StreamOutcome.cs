using Tiny.Training.Streaming;

namespace Tiny.Cli.Commands;

/// <summary>A model as a stream.</summary>
/// <param name="Form">The stream.</param>
/// <param name="Result">How it does on whole recordings; null where they could not be read again.</param>
internal sealed record StreamOutcome(StreamForm Form, StreamResult? Result);
