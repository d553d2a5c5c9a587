// Everything a page needs to look like Seatrial; imported once by each of the two entries.
import "./fonts";
import "./tokens.css";
import "./base.css";
import "./parts.css";
