namespace Fairway.Interop.Rig;

/// <summary>A program that the tests need is not on this machine; waiting won't help.</summary>
internal sealed class MissingToolException(string message) : Exception(message);

/// <summary>A program ended with an error; the message holds its output.</summary>
internal sealed class CommandFailedException(string message) : Exception(message);
