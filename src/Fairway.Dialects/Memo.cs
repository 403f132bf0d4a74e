namespace Fairway.Dialects;

/// <summary>Remembers results for as long as each pass asks for them again.</summary>
internal sealed class Memo<TKey, TResult>
    where TKey : notnull
{
    private Dictionary<TKey, TResult> _current = [];
    private Dictionary<TKey, TResult> _previous = [];

    public TResult Get(TKey key, Func<TKey, TResult> compute)
    {
        if (!_current.TryGetValue(key, out var result))
        {
            result = _previous.TryGetValue(key, out var known) ? known : compute(key);
            _current.Add(key, result);
        }

        return result;
    }

    public void ForgetUnused() => (_current, _previous) = ([], _current);
}
