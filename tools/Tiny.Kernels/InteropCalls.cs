namespace Tiny.Kernels;

/// <summary>The native methods of Tiny.Native: the kernel of each, and how long its arrays must be.</summary>
internal static class InteropCalls
{
    private static readonly Dictionary<string, InteropCall> Calls = new()
    {
        ["Dense"] = Call("tiny_dense_f32", "x weights biases z inputs rows floor", "x:inputs weights:inputs*rows biases:rows z:rows"),
        ["DenseUpdate"] = Call("tiny_dense_update_f32", "x dz weights biases inputs rows rate",
            "x:inputs dz:rows weights:inputs*rows biases:rows"),
        ["DenseInputGradient"] = Call("tiny_dense_input_gradient_f32", "dx dz outputs weights inputs rows floor",
            "dx:inputs dz:rows outputs:inputs weights:inputs*rows"),
        ["Normalize"] = Call("tiny_normalize_f32", "n x means scales count", "n:count x:count means:count scales:count"),
        ["Activate"] = Call("tiny_activate_f32", "z activation parameter rows intercepts slopes",
            "z:rows ?tiny_table_fits(activation,intercepts.GetSize(),slopes.GetSize())"),
        ["Scale"] = Call("tiny_scale_f32", "values factor count", "values:count"),
        ["GruStep"] = Call("tiny_gru_step_f32", "x+at state parameters scratch units channels intercepts slopes",
            "x+at:channels state:units parameters:units*tiny_gru_each(channels,units) scratch:4*units intercepts:256 slopes:256"),
        ["FastGrnnStep"] = Call("tiny_fastgrnn_step_f32", "x+at state parameters scratch units channels intercepts slopes",
            "x+at:channels state:units parameters:tiny_fastgrnn_count(channels,units) scratch:units intercepts:256 slopes:256"),
        ["Levels"] = Call("tiny_levels_u8", "x levels scaling each count", "x:count levels:count scaling:(each!=0?2*count:2)"),
        ["RowStarts"] = Call("tiny_row_starts_s8", "blob+biasesAt blob+weightsAt starts inputs rows zero",
            "blob+biasesAt:4*rows blob+weightsAt:inputs*rows starts:rows ?tiny_is_byte(zero)"),
        ["Sums"] = Call("tiny_dense_s8", "x blob+weightsAt starts sums inputs rows",
            "x:inputs blob+weightsAt:inputs*rows starts:rows sums:rows"),
        ["Unpack"] = Call("tiny_unpack_digits", "digits bytes count", "digits:(count+2)/3 bytes:(count+2)/3*3"),
        ["Pack"] = Call("tiny_pack_digits", "sums digits rows relu shifts table",
            "sums:rows digits:(rows+2)/3 shifts:(relu!=0?1:rows) ?(relu!=0||table.GetSize()>=256)"),
        ["ToFloats"] = Call("tiny_sums_to_f32", "sums scales z rows", "sums:rows scales:rows z:rows"),
        ["Convolve"] = Call("tiny_conv2d_s8", "x blob+weightsAt starts z window filters pool zero relu shifts table patch",
            Windowed + "blob+weightsAt:tiny_window_each(w)*filters starts:filters z:tiny_window_given(w,pool)*filters "
                + "patch:tiny_window_each(w) shifts:(relu!=0?1:filters) ?(relu!=0||table.GetSize()>=256) ?tiny_is_byte(zero)"),
        ["Depthwise"] = Call("tiny_depthwise_s8", "x blob+weightsAt starts z window pool zero relu shifts table",
            Windowed + "blob+weightsAt:tiny_window_each(w) starts:w[TINY_CHANNELS] z:tiny_window_given(w,pool)*w[TINY_CHANNELS] "
                + "shifts:(relu!=0?1:w[TINY_CHANNELS]) ?(relu!=0||table.GetSize()>=256) ?tiny_is_byte(zero)"),
        ["Pool"] = Call("tiny_pool_u8", "x z window largest", Whole + "z:tiny_window_given(w,1)*w[TINY_CHANNELS]"),
        ["MeanDigits"] = Call("tiny_mean_digits", "x digits places channels zero factor",
            "x:places*channels digits:(channels+2)/3 ?tiny_is_byte(zero)"),
        ["MeanFloats"] = Call("tiny_mean_f32", "x z places channels zero scale", "x:places*channels z:channels ?tiny_is_byte(zero)"),
        ["PackBytes"] = Call("tiny_pack_bytes", "x digits longs zero", "x:3*longs digits:longs ?tiny_is_byte(zero)"),
        ["Range"] = Call("tiny_window_range_f32", "ring oldest count values", "ring:count ?(oldest>=0&&oldest<count) values:4"),
        ["Deviation"] = Call("tiny_window_deviation_f32", "ring oldest count mean", "ring:count ?(oldest>=0&&oldest<count)"),
        ["Crossings"] = Call("tiny_window_crossings_f32", "ring oldest count mean", "ring:count ?(oldest>=0&&oldest<count)"),
        ["Band"] = Call("tiny_goertzel_f32", "ring oldest count mean coefficient", "ring:count ?(oldest>=0&&oldest<count)"),
        ["Fourier"] = Call("tiny_fft_f32", "values count", "values:2*count"),
        ["Rows"] = Call("tiny_sparse_f32", "x z biases weights inputs counts rows floor",
            "x:values z:rows biases:rows counts:rows " + Indexed("weights.GetSize()", "rows")),
        ["NormalizeUsed"] = Call(
            "tiny_normalize_used_f32", "n x means scales used count", "n:values x:values means:values scales:values " + Used),
        ["Groups"] = Call("tiny_sparse_s8", "x weights inputs counts starts sums groups",
            "x:values counts:groups starts:3*(int64_t)groups sums:3*(int64_t)groups " + Indexed("weights.GetSize() / 3", "groups")),
        ["LevelsUsed"] = Call("tiny_levels_used_u8", "x levels scaling each used count",
            "x:values levels:values scaling:(each!=0?2*(int64_t)values:2) " + Used),
        ["Convolution"] = Call("tiny_conv2d_f32", "x weights biases z window filters floor patch",
            Whole + "biases:filters weights:tiny_window_each(w)*filters z:tiny_window_given(w,1)*filters patch:tiny_window_each(w)"),
        ["DepthwiseConvolution"] = Call("tiny_depthwise_f32", "x weights biases z window",
            Whole + "weights:tiny_window_each(w) biases:w[TINY_CHANNELS] z:tiny_window_given(w,1)*w[TINY_CHANNELS]"),
        ["MaxPooling"] = Call("tiny_max_pool_f32", "x z window", Whole + "z:tiny_window_given(w,1)*w[TINY_CHANNELS]"),
        ["AveragePooling"] = Call("tiny_average_pool_f32", "x z window", Whole + "z:tiny_window_given(w,1)*w[TINY_CHANNELS]"),
        ["GlobalAverage"] = Call("tiny_global_average_f32", "x z places channels factor", "x:places*channels z:channels"),
    };

    private const string Windowed = "?tiny_window_fits(window,pool) x:tiny_window_read(w) ";
    private const string Whole = "?tiny_window_fits(window,1) x:tiny_window_read(w) ";
    private const string Used = "used:count ?tiny_indices_fit(used.GetBuffer(),count,values)!=0";

    /// <summary>The call of a method.</summary>
    internal static InteropCall Of(string method) => Calls[method];

    private static InteropCall Call(string kernel, string arguments, string sizes) => new(
        kernel,
        [.. arguments.Split(' ').Select(argument => argument.Replace("+", " + "))],
        [.. sizes.Replace("(w)", "(window.GetBuffer())").Replace("(w,", "(window.GetBuffer(), ").Replace("w[", "window[").Split(' ')
            .Aggregate(new List<string>(), Joined).Select(Condition)]);

    /// <summary>The inputs of all rows are there, as many as weights, and below the values.</summary>
    private static string Indexed(string weights, string rows) =>
        $"?tiny_sparse_fits(inputs.GetBuffer(),tiny_least(inputs.GetSize(),{weights}),counts.GetBuffer(),{rows},values)!=0";

    /// <summary>What was parted at a space within brackets is one again.</summary>
    private static List<string> Joined(List<string> parts, string next)
    {
        if (parts.Count > 0 && parts[^1].Count(letter => letter == '(') > parts[^1].Count(letter => letter == ')'))
        {
            parts[^1] += " " + next;
        }
        else
        {
            parts.Add(next);
        }

        return parts;
    }

    /// <summary>A condition: ARRAY:LENGTH or ARRAY+OFFSET:LENGTH, or behind a question mark as it stands.</summary>
    private static string Condition(string size)
    {
        if (size[0] == '?')
        {
            return size[1..].Replace("||", " || ").Replace("&&", " && ").Replace(",", ", ").Replace(",  ", ", ").Replace(">=", " >= ")
                .Replace("!=", " != ").Replace("oldest<", "oldest < ");
        }

        int colon = size.IndexOf(':');
        string[] array = size[..colon].Split('+');
        string length = size[(colon + 1)..].Replace("inputs*", "(int64_t)inputs*").Replace("places*", "(int64_t)places*")
            .Replace("units*", "(int64_t)units*").Replace("*count", "*(int64_t)count").Replace("4*", "4*(int64_t)")
            .Replace("3*longs", "3*(int64_t)longs").Replace("(count+2)", "((int64_t)count+2)").Replace("(rows+2)", "((int64_t)rows+2)")
            .Replace("(channels+2)", "((int64_t)channels+2)");
        return $"tiny_fits({array[0]}.GetSize(), {(array.Length > 1 ? array[1] : "0")}, "
            + $"{length.Replace("*", " * ").Replace("(int64_t) ", "(int64_t)").Replace("!=0?", " != 0 ? ").Replace(":", " : ").Replace(
            "+2)/3", " + 2) / 3").Replace("(channels,", "(channels, ")})";
    }
}
