using System.Globalization;
using System.Numerics;

namespace Fairway.Net;

/// <summary>Plain decimal numbers: no sign, no space, no separator, in range of the type.</summary>
public static class Digits
{
    public static bool TryParse<T>(ReadOnlySpan<char> text, out T value)
        where T : struct, IBinaryInteger<T> => T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
