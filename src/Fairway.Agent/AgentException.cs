namespace Fairway.Agent;

/// <summary>The agent cannot start or go on; the text says what is wrong and what to do about it.</summary>
public sealed class AgentException(string message, Exception? innerException = null) : Exception(message, innerException);
