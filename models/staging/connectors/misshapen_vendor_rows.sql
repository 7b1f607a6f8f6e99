{{ misshapen_vendor_rows() }}
