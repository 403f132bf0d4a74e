namespace Fairway.Dataplanes;

/// <summary>The dataplane cannot work as it is; the message says what to do about it.</summary>
public sealed class DataplaneException : Exception
{
    public DataplaneException()
    {
    }

    public DataplaneException(string message)
        : base(message)
    {
    }

    public DataplaneException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
